using System.Collections.Immutable;

namespace SshFunctions.Core.Callers.OpenId;

/// <summary>An issuer that the broker takes tokens of, and what it takes them for. The subject template is the trust decision.</summary>
public sealed record OpenIdIssuer
{
    /// <summary>How far another clock may be ahead. It never lengthens a token: <c>exp</c> is compared with the broker's clock as it is.</summary>
    public static TimeSpan ClockSkew { get; } = TimeSpan.FromSeconds(60);

    /// <summary>What people and the journal call it.</summary>
    public required string Name { get; init; }

    /// <summary>Its <c>iss</c>, character by character, and the address of its discovery document.</summary>
    public required string Issuer { get; init; }

    /// <summary>At least one must be in a token's <c>aud</c>.</summary>
    public required ImmutableArray<string> Audiences { get; init; }

    /// <summary>The only algorithms that its tokens may be signed with.</summary>
    public required ImmutableArray<SignatureAlgorithm> Algorithms { get; init; }

    /// <summary>What sort of party its tokens speak for.</summary>
    public required CallerKind Kind { get; init; }

    /// <summary>Makes the subject.</summary>
    public required ClaimTemplate Subject { get; init; }

    /// <summary>Makes the groups.</summary>
    public GroupMapping Groups { get; init; } = new();

    /// <summary>Makes the account name; null for none.</summary>
    public UserNameMapping? UserName { get; init; }

    /// <summary>Says which part of the tree a machine is that enrolls with a token; null where none does.</summary>
    public HostMapping? Host { get; init; }

    /// <summary>All must hold.</summary>
    public ImmutableArray<ClaimCondition> Conditions { get; init; } = [];

    /// <summary>Whether <c>email</c> counts only beside a true <c>email_verified</c>. A false one is refused in any case.</summary>
    public bool RequireVerifiedEmail { get; init; } = true;

    /// <summary>Whether a token authenticates one request only.</summary>
    public bool SingleUse { get; init; }

    /// <summary>How long after its <c>iat</c> a token counts at most; null for until its <c>exp</c>.</summary>
    public TimeSpan? MaximumAge { get; init; }

    /// <summary>How people sign in with it; null when they do not.</summary>
    public SignInClient? Client { get; init; }

    /// <summary>Whether anything it makes of a token depends on an address.</summary>
    private bool UsesEmail =>
        Subject.Claims.Contains("email") || Groups.Claim == "email" || Conditions.Any(condition => condition.Claim == "email")
        || UserName?.Template?.Claims.Contains("email") == true || Host?.Template.Claims.Contains("email") == true;

    /// <summary>Tells whom a token proves. Signature first; what it says afterwards.</summary>
    /// <param name="token">A token that names this issuer.</param>
    /// <param name="keys">The issuer's keys.</param>
    /// <param name="now">The broker's clock.</param>
    /// <returns>The identity, or <see cref="Refusal.Unauthenticated"/>.</returns>
    public Result<OpenIdIdentity> Identify(JsonWebToken token, IssuerKeySet keys, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(token);
        ArgumentNullException.ThrowIfNull(keys);
        if (Algorithms.FirstOrDefault(algorithm => algorithm.Name == token.Algorithm) is not { } algorithm)
            return Refused($"is signed with an algorithm that {Name} does not use", $"sign it with {string.Join(" or ", Algorithms)}");
        if (!keys.TryFind(token.KeyId, algorithm, out VerificationKey? key))
            return Refused($"names a key that {Name} does not have for {algorithm}", "get a new token");
        if (!token.IsSignedBy(key, algorithm)) return Refused($"is not signed by {Name}", "get a new token");
        if (!Takes(token)) return Refused($"is of another issuer or for another audience than {Name}'s", "get a token for the broker");
        if (FaultOfTimes(token.Claims, now, out DateTimeOffset expires) is { } early) return early;
        return FaultOfParty(token.Claims) is { } fault ? fault : IdentityOf(token.Claims, expires);
    }

    /// <summary>Tells whom claims are of that are known to be true: conditions, then the mappings.</summary>
    internal Result<OpenIdIdentity> IdentityOf(TokenClaims claims, DateTimeOffset? expires)
    {
        if (FaultOfEmail(claims) is { } fault) return fault;
        foreach (ClaimCondition condition in Conditions)
        {
            if (!condition.Holds(claims))
                return Refused($"has a {condition.Claim} that {Name} is not taken with", "the broker's operator sets the conditions");
        }

        return IdentityIn(claims, expires);
    }

    /// <summary>Whether a token names this issuer and one of its audiences.</summary>
    internal bool Takes(JsonWebToken token) => token.Issuer == Issuer && token.Claims.Values("aud").Any(audience => Audiences.Contains(audience));

    private Result<OpenIdIdentity> IdentityIn(TokenClaims claims, DateTimeOffset? expires)
    {
        string? text = Subject.Fill(claims);
        if (text is null)
            return Refused($"lacks a claim that {Name} makes the subject of", $"it needs {string.Join(", ", Subject.Claims)}");
        if (!Callers.Subject.TryParse(text, null, out Subject subject) || ReservedSubjects.Contains(subject))
            return Refused($"makes no subject that {Name} may give", Callers.Subject.Rule);
        string? id = claims.Text("jti");
        if (SingleUse && string.IsNullOrEmpty(id)) return Refused("has no jti to be used once by", $"{Name} must give each token a jti");
        ImmutableArray<GroupName> groups = Groups.Read(claims);
        if (groups.Length > AccessTokenRegistry.MaximumGroupCount)
        {
            return Refused(
                $"gives more than {AccessTokenRegistry.MaximumGroupCount} groups", "list only the groups that matter in the table of the issuer's groups");
        }

        var caller = new Caller(Kind, subject, groups, null, expires, UserName?.Read(subject, claims), Name);
        claims.TryInstant("iat", out DateTimeOffset? issued);
        return new OpenIdIdentity(caller, SingleUse && expires is { } end ? new SingleUse(Issuer, id!, end, issued) : null, Host?.Read(claims));
    }

    private Refusal.Unauthenticated? FaultOfTimes(TokenClaims claims, DateTimeOffset now, out DateTimeOffset expires)
    {
        expires = default;
        if (!claims.TryInstant("exp", out DateTimeOffset? end) || !claims.TryInstant("nbf", out DateTimeOffset? start)
            || !claims.TryInstant("iat", out DateTimeOffset? issued))
            return Refused("has a time that is no number of seconds", "get a new token");
        if (end is null) return Refused("never expires", $"{Name} must give each token an exp");
        if (end <= now) return Refused($"expired at {end.Value.UtcDateTime:u}", "get a new token");
        if (start > now + ClockSkew || issued > now + ClockSkew)
            return Refused("is not valid yet", "compare the clocks of the issuer and the broker");
        if (MaximumAge is { } age && (issued is null || issued + age <= now))
            return Refused($"is older than {age.TotalSeconds:F0} seconds, or does not tell", "get a new token");
        expires = end.Value;
        return null;
    }

    // A token for several parties says in azp which one asked for it. Source: OpenID Connect Core 1.0, section 3.1.3.7.
    private Refusal.Unauthenticated? FaultOfParty(TokenClaims claims) =>
        Client is not null && claims.Has("azp") && claims.Values("aud").Take(2).Count() > 1
        && !(claims.Text("azp") is { } party && (party == Client.Id || Audiences.Contains(party)))
            ? Refused("was made for another party", $"sign in as {Client.Id}")
            : null;

    private Refusal.Unauthenticated? FaultOfEmail(TokenClaims claims)
    {
        if (!UsesEmail) return null;
        bool verified = claims.Scalar("email_verified") == "true";
        return verified || (!RequireVerifiedEmail && !claims.Has("email_verified"))
            ? null
            : Refused($"has an email that {Name} has not verified", "verify the address there");
    }

    private static Refusal.Unauthenticated Refused(string what, string fix) => new Refusal.Unauthenticated($"the token {what}", fix);
}
