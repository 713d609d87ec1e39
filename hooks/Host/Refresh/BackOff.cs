using System.Security.Cryptography;

namespace SshFunctions.Hooks.Host.Refresh;

/// <summary>How long to leave a broker alone that is away: longer each time, at most ten seconds, never the same for two hosts.</summary>
internal sealed class BackOff
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);
    private TimeSpan _next = First;

    internal void Reset() => _next = First;

    /// <summary>The time until the next attempt: from half of the step to all of it.</summary>
    internal TimeSpan Next()
    {
        TimeSpan step = _next;
        _next = TimeSpan.FromTicks(Math.Min(step.Ticks * 2, Longest.Ticks));
        return step / 2 + TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32((int)(step.TotalMilliseconds / 2) + 1));
    }
}
