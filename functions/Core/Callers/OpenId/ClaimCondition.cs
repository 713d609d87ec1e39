using System.Collections.Immutable;

namespace SshFunctions.Core.Callers.OpenId;

/// <summary>What one claim must be.</summary>
/// <param name="Claim">Its name.</param>
/// <param name="Allowed">It, or one element where it is a list, must fit one of these.</param>
public sealed record ClaimCondition(string Claim, ImmutableArray<ClaimPattern> Allowed)
{
    internal bool Holds(TokenClaims claims)
    {
        foreach (string value in claims.Values(Claim))
            foreach (ClaimPattern pattern in Allowed)
                if (pattern.Matches(value)) return true;
        return false;
    }
}
