using SshFunctions.Api;
using SshFunctions.Core.Callers;

namespace SshFunctions.App.Http.Contract;

/// <summary>Callers and access tokens as the API writes them.</summary>
internal static class TokenContract
{
    /// <summary>Words for the kinds that a token can speak for.</summary>
    public static IReadOnlyDictionary<string, CallerKind> Kinds { get; } = new Dictionary<string, CallerKind>(StringComparer.Ordinal)
    {
        ["person"] = CallerKind.Person,
        ["service"] = CallerKind.Service,
    };

    public static AccessTokenResponse Of(AccessToken token) => new(
        token.Id,
        token.Name,
        WordOf(token.Kind),
        token.Subject.Text,
        [.. token.Groups.Select(group => group.Text)],
        token.Created,
        token.Expires);

    public static CallerResponse Of(Caller caller) => new(
        WordOf(caller.Kind),
        caller.Subject.Text,
        [.. caller.Groups.Select(group => group.Text).Order(StringComparer.Ordinal)],
        caller.TokenId,
        caller.Expires,
        caller.UserName?.Text,
        caller.Issuer);

    private static string WordOf(CallerKind kind) => kind switch
    {
        CallerKind.Person => "person",
        CallerKind.Service => "service",
        CallerKind.Host => "host",
        _ => "system",
    };
}
