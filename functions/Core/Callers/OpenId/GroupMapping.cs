using System.Collections.Frozen;
using System.Collections.Immutable;

namespace SshFunctions.Core.Callers.OpenId;

/// <summary>Which groups a token gives its subject.</summary>
public sealed record GroupMapping
{
    /// <summary>The claim that lists groups; null for none.</summary>
    public string? Claim { get; init; }

    /// <summary>Stands before each value of the claim where there is no table.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>Values of the claim that give a group; all others then give none. Null takes each value for a group's name.</summary>
    public FrozenDictionary<string, GroupName>? Table { get; init; }

    /// <summary>Groups of every subject of the issuer.</summary>
    public ImmutableArray<GroupName> Fixed { get; init; } = [];

    /// <summary>The groups, each once. A value that can be no group's name is passed over: no grant can name it.</summary>
    internal ImmutableArray<GroupName> Read(TokenClaims claims)
    {
        if (Claim is null) return Fixed;
        var groups = new HashSet<GroupName>(Fixed);
        foreach (string value in claims.Values(Claim))
        {
            if (Table is null ? GroupName.TryParse(Prefix + value, null, out GroupName group) : Table.TryGetValue(value, out group))
                groups.Add(group);
        }

        return [.. groups];
    }
}
