using System.Text.Json.Nodes;

namespace SshFunctions.Support.KeyVault;

/// <summary>A version of a key or secret in <see cref="FakeKeyVault"/>; change it and it changes there.</summary>
public sealed class FakeVaultVersion
{
    public string Version { get; } = Guid.NewGuid().ToString("n");

    /// <summary>Its id: the whole address.</summary>
    public string Address { get; set; } = "";

    public bool Enabled { get; set; } = true;

    public DateTimeOffset? NotBefore { get; set; }

    public DateTimeOffset? Expires { get; set; }

    public DateTimeOffset Created { get; set; }

    /// <summary>A secret's value.</summary>
    public string? Value { get; init; }

    /// <summary>A key.</summary>
    public FakeSigningKey? Key { get; init; }

    public bool IsInHsm { get; init; }

    /// <summary>What a list of versions says of it.</summary>
    public JsonObject ToListItem() => new() { [Key is null ? "id" : "kid"] = Address, ["attributes"] = Attributes() };

    /// <summary>What it is itself.</summary>
    public JsonObject ToJson()
    {
        if (Key is null) return new JsonObject { ["value"] = Value, ["contentType"] = "text/plain", ["id"] = Address, ["attributes"] = Attributes() };
        JsonObject jwk = Key.ToJwk();
        jwk["kid"] = Address;
        jwk["key_ops"] = new JsonArray("sign", "verify");
        if (IsInHsm) jwk["kty"] = $"{jwk["kty"]}-HSM";
        return new JsonObject { ["key"] = jwk, ["attributes"] = Attributes() };
    }

    private JsonObject Attributes()
    {
        var attributes = new JsonObject { ["enabled"] = Enabled, ["created"] = Created.ToUnixTimeSeconds(), ["recoveryLevel"] = "Recoverable" };
        if (NotBefore is { } start) attributes["nbf"] = start.ToUnixTimeSeconds();
        if (Expires is { } end) attributes["exp"] = end.ToUnixTimeSeconds();
        return attributes;
    }
}
