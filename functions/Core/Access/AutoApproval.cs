using System.Collections.Immutable;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Policy;

namespace SshFunctions.Core.Access;

/// <summary>Which requests need no approver.</summary>
/// <param name="Holders">Whose; never empty.</param>
/// <param name="Windows">When; empty for always.</param>
/// <param name="LongestDuration">Longer ones need an approver; null for the rule's longest.</param>
public sealed record AutoApproval(ImmutableArray<Holder> Holders, ImmutableArray<AccessWindow> Windows, TimeSpan? LongestDuration)
{
    /// <summary>Whether a request needs no approver.</summary>
    /// <param name="requester">Who gets the access; groups count as far as the caller proved them.</param>
    /// <param name="duration">How long, counted from when the access is given.</param>
    /// <param name="now">UTC.</param>
    /// <returns>Whether it is approved by itself.</returns>
    public bool Holds(Caller requester, TimeSpan duration, DateTimeOffset now) =>
        Holder.Of(requester).Any(holder => Holders.Contains(holder))
        && (LongestDuration is null || duration <= LongestDuration)
        && (Windows.IsDefaultOrEmpty || Windows.Any(window => window.Holds(now)));
}
