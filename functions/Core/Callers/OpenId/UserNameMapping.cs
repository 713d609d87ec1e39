using System.Collections.Frozen;
using SshFunctions.Core.Resources;

namespace SshFunctions.Core.Callers.OpenId;

/// <summary>Which account name a token gives its subject.</summary>
public sealed record UserNameMapping
{
    /// <summary>Names by subject; they win over the template.</summary>
    public FrozenDictionary<Subject, Login>? Table { get; init; }

    /// <summary>Makes the name of a subject that is not in the table; null for none.</summary>
    public ClaimTemplate? Template { get; init; }

    /// <summary>The name; null when the mapping gives none that an account can have, so that <c>{user}</c> opens nothing.</summary>
    internal Login? Read(Subject subject, TokenClaims claims)
    {
        if (Table is not null && Table.TryGetValue(subject, out Login listed)) return listed;
        return Login.TryParse(Template?.Fill(claims), null, out Login made) ? made : null;
    }
}
