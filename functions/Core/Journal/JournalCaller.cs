using SshFunctions.Core.Callers;

namespace SshFunctions.Core.Journal;

/// <summary>Who caused an entry.</summary>
/// <param name="Kind">What sort of party.</param>
/// <param name="Subject">The stable identity.</param>
/// <param name="Token">Identifier of the access token that proved it.</param>
/// <param name="Issuer">Name of the OpenID issuer whose token proved it.</param>
public sealed record JournalCaller(CallerKind Kind, Subject Subject, string? Token, string? Issuer = null)
{
    /// <summary>What the journal keeps of a caller.</summary>
    /// <param name="caller">The caller.</param>
    /// <returns>The stamp.</returns>
    public static JournalCaller Of(Caller caller)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return new JournalCaller(caller.Kind, caller.Subject, caller.TokenId, caller.Issuer);
    }
}
