using System.Collections.Immutable;

namespace SshFunctions.App.Timer;

/// <summary>Every timer function of the broker. A test finds one that is missing here.</summary>
internal static class TimerFunctions
{
    public static ImmutableArray<ITimerFunction> All { get; } =
    [
        new ExpireAccess(),
        new SealJournal(),
        new FollowJournal(),
        new RotateCaKeys(),
        new RemindOwners(),
    ];
}
