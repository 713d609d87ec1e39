namespace SshFunctions.Core.Journal;

/// <summary>How a call of <see cref="JournalFollower"/> ended.</summary>
public enum FollowOutcome
{
    /// <summary>Everything that was durable when it looked was taken.</summary>
    CaughtUp,

    /// <summary>There is more: call again.</summary>
    More,

    /// <summary>The taker did not take all: what it left comes again.</summary>
    Stopped,

    /// <summary>Another instance moved the same follower meanwhile and goes on with it.</summary>
    Overtaken,
}
