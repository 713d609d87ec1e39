namespace SshFunctions.Core.Passcodes;

/// <summary>Wrong codes for one target.</summary>
/// <param name="WrongCount">Since <paramref name="Since"/>.</param>
/// <param name="Since">Start of the window that is counted, UTC.</param>
/// <param name="LockCount">How often it was locked, so that the next lock is longer.</param>
/// <param name="LockedUntil">UTC, exclusive.</param>
/// <param name="Forgotten">From when on it counts as if there were none, UTC.</param>
/// <param name="Told">Whether the journal says already that a code came during this lock.</param>
internal sealed record GuessCount(int WrongCount, DateTimeOffset Since, int LockCount, DateTimeOffset LockedUntil, DateTimeOffset Forgotten, bool Told = false)
{
    public bool IsLocked(DateTimeOffset now) => now < LockedUntil;

    public bool IsForgotten(DateTimeOffset now) => now >= Forgotten;
}
