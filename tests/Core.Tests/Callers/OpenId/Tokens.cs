using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json.Nodes;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Callers.OpenId;
using SshFunctions.Support.OpenId;

namespace SshFunctions.Core.Tests.Callers.OpenId;

/// <summary>An issuer <c>idp</c> without a network: its keys, its claims, and what the broker makes of its tokens.</summary>
internal static class Tokens
{
    public const string Issuer = "https://idp.example.com";
    public static readonly DateTimeOffset Now = new(2030, 1, 31, 12, 0, 0, TimeSpan.Zero);
    public static readonly SigningKey Ec = SigningKey.Make("ES256");
    public static readonly SigningKey Rsa = SigningKey.Make("RS256");

    public static OpenIdIssuer People { get; } = new()
    {
        Name = "idp",
        Issuer = Issuer,
        Audiences = ["sshfn", "https://broker.example.com"],
        Algorithms = [SignatureAlgorithm.Find("ES256")!],
        Kind = CallerKind.Person,
        Subject = Template("{email}"),
    };

    public static JsonObject Alice => new()
    {
        ["iss"] = Issuer,
        ["aud"] = "sshfn",
        ["sub"] = "248289761001",
        ["email"] = "alice@example.com",
        ["email_verified"] = true,
        ["groups"] = new JsonArray("developers", "on call"),
        ["jti"] = "one",
        ["iat"] = Now.ToUnixTimeSeconds(),
        ["exp"] = Now.ToUnixTimeSeconds() + 300,
    };

    public static JsonObject With(this JsonObject claims, string name, JsonNode? value)
    {
        claims[name] = value;
        return claims;
    }

    public static JsonObject Without(this JsonObject claims, string name)
    {
        claims.Remove(name);
        return claims;
    }

    public static ClaimTemplate Template(string text) => ClaimTemplate.TryParse(text, out ClaimTemplate? template) ? template : throw new FormatException(text);

    public static ClaimCondition Condition(string claim, params string[] allowed) => new(claim, [.. allowed.Select(text => new ClaimPattern(text))]);

    public static ImmutableArray<SignatureAlgorithm> Algorithms(params string[] names) => [.. names.Select(name => SignatureAlgorithm.Find(name)!)];

    public static IssuerKeySet KeySet(params JsonObject[] keys) => Parse(keys).Value!;

    public static Result<IssuerKeySet> Parse(params JsonObject[] keys) =>
        IssuerKeySet.Parse(System.Text.Encoding.UTF8.GetBytes(new JsonObject { ["keys"] = new JsonArray([.. keys]) }.ToJsonString()));

    public static Result<OpenIdIdentity> Identify(OpenIdIssuer issuer, string token, SigningKey? key = null, DateTimeOffset? now = null) =>
        JsonWebToken.Parse(token).Try(out JsonWebToken? parsed, out Refusal? refusal)
            ? issuer.Identify(parsed, KeySet((key ?? Ec).Jwk), now ?? Now)
            : refusal;

    public static Result<OpenIdIdentity> Identify(OpenIdIssuer issuer, JsonObject claims) => Identify(issuer, Ec.Sign(claims));

    public static Caller Accepted(OpenIdIssuer issuer, JsonObject claims) => Identify(issuer, claims).Try(out OpenIdIdentity? identity, out Refusal? refusal)
        ? identity.Caller
        : throw new InvalidOperationException(refusal.Detail);

    public static void Refused(Result<OpenIdIdentity> result, string why)
    {
        var refusal = Assert.IsType<Refusal.Unauthenticated>(result.Refusal);
        Assert.Contains(why, refusal.Detail, StringComparison.Ordinal);
        Assert.NotNull(refusal.Fix);
    }

    public static FrozenDictionary<string, GroupName> Groups(params (string Value, string Group)[] table) =>
        table.ToFrozenDictionary(row => row.Value, row => GroupName.Parse(row.Group));
}
