using System.Buffers;
using SshFunctions.Core;

namespace SshFunctions.Azure.KeyVault;

/// <summary>Where a signing key is in Key Vault: a key, which never leaves it, or a secret that holds an OpenSSH private key.</summary>
/// <param name="Vault">The vault: https, a host name with a domain, no path.</param>
/// <param name="Kind">Which of the two.</param>
/// <param name="Name">1 to 127 letters, digits and dashes; Key Vault does not tell cases apart.</param>
/// <param name="Version">32 hexadecimal digits; null for the newest one that is enabled when it is opened.</param>
/// <remarks>Source: Key Vault "About keys, secrets and certificates", object identifiers.</remarks>
public sealed record VaultKeyAddress(Uri Vault, VaultKeyKind Kind, string Name, string? Version)
{
    /// <summary>The forms, for people.</summary>
    public const string Rule = "https://VAULT/keys/NAME[/VERSION] or https://VAULT/secrets/NAME[/VERSION]";

    private const int LongestName = 127;
    private const int VersionLength = 32;
    private static readonly SearchValues<char> NameUnits =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-");

    /// <summary>What a token must be asked for: the vault's domain, <c>https://vault.azure.net/.default</c> in the public cloud.</summary>
    public string TokenScope => $"https://{Vault.Host[(Vault.Host.IndexOf('.', StringComparison.Ordinal) + 1)..]}/.default";

    /// <summary>The collection in paths.</summary>
    internal string Collection => Kind == VaultKeyKind.Key ? "keys" : "secrets";

    /// <summary>Whether a text means an address and no file path: only then is <see cref="Parse"/> worth asking.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>Whether it has a scheme.</returns>
    public static bool IsUrl(string text) => text?.Contains("://", StringComparison.Ordinal) == true;

    /// <summary>Reads a form of <see cref="Rule"/>.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The address, or <see cref="Refusal.Invalid"/>.</returns>
    public static Result<VaultKeyAddress> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!text.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || !Uri.TryCreate(text, UriKind.Absolute, out Uri? url))
            return Wrong("is no https address");
        if (url.UserInfo.Length + url.Query.Length + url.Fragment.Length != 0 || text.AsSpan().ContainsAny("?#@%\\"))
            return Wrong("has more than a host and a path");
        // The token's scope is the domain: a bare host or an IP address has none.
        if (url.HostNameType != UriHostNameType.Dns || url.Host.Split('.') is not { Length: >= 2 } labels || labels.Contains(""))
            return Wrong("names no vault");
        // As it was written, because Uri takes dot segments and empty ones out in silence.
        string[] path = text[(text.IndexOf('/', "https://".Length) is var slash and >= 0 ? slash + 1 : text.Length)..].Split('/');
        return path is [var collection, var name, .. var rest] && rest.Length <= 1
            ? Make(new Uri(url.GetLeftPart(UriPartial.Authority)), collection, name, rest is [var version] ? version : null)
            : Wrong("has another path than that of a key or secret");
    }

    /// <summary>The whole address.</summary>
    /// <returns>For people and logs; names no secret.</returns>
    public override string ToString() => $"{Vault.GetLeftPart(UriPartial.Authority)}/{Collection}/{Name}{(Version is null ? "" : "/" + Version)}";

    /// <summary>Whether an id that a vault gave is a version of this key, and of this version where one is pinned.</summary>
    internal bool Covers(VaultKeyAddress id) =>
        Vault == id.Vault && Kind == id.Kind && Name.Equals(id.Name, StringComparison.OrdinalIgnoreCase) && id.Version is not null
        && (Version is null || Version == id.Version);

    private static Result<VaultKeyAddress> Make(Uri vault, string collection, string name, string? version)
    {
        if (collection is not ("keys" or "secrets")) return Wrong("names neither keys nor secrets");
        if (name.Length is 0 or > LongestName || name.AsSpan().ContainsAnyExcept(NameUnits))
            return Wrong($"has a name that is not 1 to {LongestName} letters, digits and dashes");
        return version is null || (version.Length == VersionLength && version.All(char.IsAsciiHexDigitLower))
            ? new VaultKeyAddress(vault, collection == "keys" ? VaultKeyKind.Key : VaultKeyKind.Secret, name, version)
            : Wrong($"has a version that is not {VersionLength} lower case hexadecimal digits");
    }

    private static Refusal.Invalid Wrong(string what) => new(null, what, $"write {Rule}");
}
