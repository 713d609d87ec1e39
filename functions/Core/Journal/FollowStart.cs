namespace SshFunctions.Core.Journal;

/// <summary>Where a follower begins that never ran before.</summary>
public enum FollowStart
{
    /// <summary>At the journal's first entry.</summary>
    Beginning,

    /// <summary>A few minutes before it first runs: who is told of what happens need not hear the past.</summary>
    Recent,
}
