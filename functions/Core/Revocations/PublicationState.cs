using System.Collections.Immutable;

namespace SshFunctions.Core.Revocations;

/// <summary>What is wrong with the publication of the revocation list, and up to which version it is known to have gone well.</summary>
/// <param name="Published">A version that was published after everything in <paramref name="GivenUp"/> before it; 0 for none yet.</param>
/// <param name="Fault">Why the last try failed; null when it is not known.</param>
/// <param name="GivenUp">The newest versions whose messages were given up since then.</param>
/// <param name="Count">How many versions were given up since then.</param>
/// <param name="Since">When the first of them was, UTC.</param>
/// <param name="Last">When the last of them was, UTC.</param>
internal sealed record PublicationState(
    long Published, string? Fault, ImmutableArray<long> GivenUp, int Count, DateTimeOffset? Since, DateTimeOffset? Last)
{
    public static PublicationState Healthy { get; } = new(0, null, [], 0, null, null);

    public bool IsClear => Fault is null && GivenUp.IsEmpty;

    /// <summary>The state after a version got out. What was given up of later ones stays: a publication that took long tells nothing of them.</summary>
    public PublicationState After(long version)
    {
        ImmutableArray<long> later = GivenUp.RemoveAll(number => number <= version);
        return later.IsEmpty
            ? Healthy with { Published = Math.Max(Published, version) }
            : this with { Published = Math.Max(Published, version), GivenUp = later, Count = later.Length };
    }

    /// <summary>Whether a message for this version was counted already, or what it asked for has happened since.</summary>
    public bool IsSettled(long version) => version <= Published || GivenUp.Contains(version);
}
