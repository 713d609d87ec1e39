using System.Text.Json;

namespace SshFunctions.Core.Callers.OpenId;

/// <summary>Whom App Service authentication says that it has signed in. It is not signed: only its way here makes it true.</summary>
/// <remarks>Immutable. Source: App Service, "Work with user identities in authentication", X-MS-CLIENT-PRINCIPAL.</remarks>
public sealed class AppServicePrincipal
{
    // Claims of a person in some hundred groups; the server takes no longer headers anyway.
    private const int MaximumLength = 64 * 1024;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 8, AllowDuplicateProperties = false };

    // What App Service calls the claims of Entra ID, and what the token called them.
    private static readonly Dictionary<string, string> ShortNames = new(StringComparer.Ordinal)
    {
        ["http://schemas.microsoft.com/identity/claims/objectidentifier"] = "oid",
        ["http://schemas.microsoft.com/identity/claims/tenantid"] = "tid",
        ["http://schemas.xmlsoap.org/ws/2005/05/identity/claims/nameidentifier"] = "sub",
        ["http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress"] = "email",
        ["http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn"] = "upn",
        ["http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name"] = "name",
        ["http://schemas.microsoft.com/ws/2008/06/identity/claims/role"] = "roles",
    };

    private AppServicePrincipal(string provider, TokenClaims claims) => (Provider, Claims) = (provider, claims);

    /// <summary>Who signed the person in, such as <c>aad</c>.</summary>
    public string Provider { get; }

    /// <summary>The claims by their short names; one that is given with several values is a list.</summary>
    internal TokenClaims Claims { get; }

    /// <summary>Reads the two headers.</summary>
    /// <param name="provider">The value of X-MS-CLIENT-PRINCIPAL-IDP.</param>
    /// <param name="principal">The value of X-MS-CLIENT-PRINCIPAL.</param>
    /// <returns>The principal, or <see cref="Refusal.Unauthenticated"/> when it is not exactly one.</returns>
    public static Result<AppServicePrincipal> Parse(string provider, string principal)
    {
        ArgumentNullException.ThrowIfNull(provider);
        ArgumentNullException.ThrowIfNull(principal);
        if (Decode(principal) is not { } utf8) return Malformed("base64");
        try
        {
            using JsonDocument document = JsonDocument.Parse(utf8, Strict);
            return ReadClaims(document.RootElement) is { } claims ? new AppServicePrincipal(provider, claims) : Malformed("a principal");
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            return Malformed("JSON"); // InvalidOperationException: an escaped lone surrogate.
        }
    }

    /// <summary>The bytes; null when the text is not the only base64 of them.</summary>
    private static byte[]? Decode(string text)
    {
        byte[] bytes = new byte[text.Length];
        return text.Length is > 0 and <= MaximumLength && Convert.TryFromBase64String(text, bytes, out int length)
            && Convert.ToBase64String(bytes, 0, length) == text && System.Text.Unicode.Utf8.IsValid(bytes.AsSpan(0, length))
                ? bytes[..length]
                : null;
    }

    //  {"auth_typ":"aad","claims":[{"typ":"…","val":"…"}],"name_typ":"…","role_typ":"…"}
    private static TokenClaims? ReadClaims(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("claims", out JsonElement claims) || claims.ValueKind != JsonValueKind.Array)
            return null;
        var values = new Dictionary<string, SortedSet<string>>(StringComparer.Ordinal);
        foreach (JsonElement claim in claims.EnumerateArray())
        {
            if (Text(claim, "typ") is not { Length: > 0 } type || Text(claim, "val") is not { } value) return null;
            string name = ShortNames.GetValueOrDefault(type, type);
            if (!values.TryGetValue(name, out SortedSet<string>? known)) values[name] = known = new SortedSet<string>(StringComparer.Ordinal);
            known.Add(value);
        }

        return TokenClaims.Of(values);
    }

    private static string? Text(JsonElement claim, string member) =>
        claim.ValueKind == JsonValueKind.Object && claim.TryGetProperty(member, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static Refusal.Unauthenticated Malformed(string what) =>
        new Refusal.Unauthenticated($"the principal of App Service is not {what}", "the broker's operator looks at what stands before the function app");
}
