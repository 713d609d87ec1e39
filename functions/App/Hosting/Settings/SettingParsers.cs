using System.Globalization;
using SshFunctions.Core;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;

namespace SshFunctions.App.Hosting.Settings;

/// <summary>Parsers that rows of <see cref="BrokerSettings"/> share. A refusal's detail continues the sentence "--name "value" …".</summary>
internal static class SettingParsers
{
    public static Result<string> Path(string text) =>
        text.Length == 0 || text.Contains('\0', StringComparison.Ordinal) ? Wrong("is not a path") : System.IO.Path.GetFullPath(text);

    /// <summary>A path, or a JSON object itself: a function app has settings and no files of its operator's.</summary>
    public static Result<string> PathOrJson(string text) => text.StartsWith('{') ? text : Path(text);

    public static Result<bool> Flag(string text) => text switch
    {
        "true" => true,
        "false" => false,
        _ => Wrong("is neither true nor false"),
    };

    public static Result<StoreKind> Store(string text) => text switch
    {
        "sqlite" => StoreKind.Sqlite,
        "tables" => StoreKind.Tables,
        _ => Wrong("is neither sqlite nor tables"),
    };

    public static Result<SealedAccessToken> SealedToken(string text) =>
        SealedAccessToken.TryParse(text, out SealedAccessToken? token) ? token : Wrong("is not the hash that sshfn-broker admin-token prints");

    public static Result<SourceRange> Range(string text) =>
        SourceRange.TryParse(text, null, out SourceRange range) ? range : Wrong("is no CIDR block with no bits set beyond its prefix");

    public static Result<string> HeaderName(string text) =>
        text.Length is > 0 and <= 64 && text.All(unit => char.IsAsciiLetterOrDigit(unit) || unit == '-') ? text : Wrong("is no name of a header");

    public static Result<Uri> HttpUrl(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? url)
        && url.Scheme is "http" or "https"
        && url.UserInfo.Length == 0 && url.Query.Length == 0 && url.Fragment.Length == 0
            ? url
            : Wrong("is not an http or https address without user, query and fragment");

    /// <summary><c>*.example.com</c>: a wildcard, then two labels or more.</summary>
    /// <remarks>Clients trust the broker's host CA for what it covers: "*" or "*.com" would hand the broker other people's hosts.</remarks>
    public static Result<string> HostPattern(string text) =>
        text.StartsWith("*.", StringComparison.Ordinal) && text.LastIndexOf('*') == 0 && HostAddress.TryCreate(text[2..], port: 22, out HostAddress domain)
        && domain.Name.Contains('.', StringComparison.Ordinal) && !System.Net.IPAddress.TryParse(domain.Name, out _)
            ? "*." + domain.Name
            : Wrong("is not a wildcard over a domain of two labels or more");

    public static Func<string, Result<int>> WholeNumber(int minimum, int maximum) => text =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= minimum && number <= maximum
            ? number
            : Wrong(string.Create(CultureInfo.InvariantCulture, $"is not a whole number from {minimum} to {maximum}"));

    public static Refusal Wrong(string detail) => new Refusal.Invalid(null, detail);
}
