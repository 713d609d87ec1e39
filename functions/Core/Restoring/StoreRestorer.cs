using SshFunctions.Core.Callers;
using SshFunctions.Core.Hosts;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Passcodes;
using SshFunctions.Core.Ports;
using SshFunctions.Core.Revocations;
using SshFunctions.Core.Rotation;

namespace SshFunctions.Core.Restoring;

/// <summary>Makes a store that was copied from a backup safe to go on with, before any broker opens it.</summary>
/// <remarks>
/// The broker that was lost went on after the backup was made. What it gave out may not be given twice, so numbers move beyond its reach;
/// what it took once may not be taken again, so whatever counts once and was open is void. Run on a copy that nobody else has, and thrown
/// away when it does not succeed.
/// </remarks>
public sealed class StoreRestorer
{
    // Clocks of one machine are put right by a little now and then.
    private static readonly TimeSpan ClockSlack = TimeSpan.FromMinutes(1);
    private readonly IStore _store;
    private readonly TimeProvider _clock;
    private readonly string _version;
    private readonly SegmentRegistry _segments;

    /// <summary>Makes it; touches nothing yet.</summary>
    /// <param name="store">The copy.</param>
    /// <param name="clock">Numbers come from it: it must not be behind the backup.</param>
    /// <param name="version">The broker's version.</param>
    public StoreRestorer(IStore store, TimeProvider clock, string version)
    {
        _store = store;
        _clock = clock;
        _version = version;
        _segments = new SegmentRegistry(store, clock);
    }

    /// <summary>Does it all, and records it as the first entry of a new segment.</summary>
    /// <param name="backup">When the backup was made, UTC.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>From where on the broker counts; a conflict when the clock is behind what the backup holds.</returns>
    /// <exception cref="StoreUnavailableException">The copy can't be written.</exception>
    public async Task<Result<RestoredStore>> RestoreAsync(DateTimeOffset backup, CancellationToken cancellationToken)
    {
        DateTimeOffset now = _clock.GetUtcNow();
        if (await FaultOfClockAsync(backup, now, cancellationToken) is { } fault) return fault;
        await _segments.CloseAsTheyAreAsync(cancellationToken);
        SegmentGap gap = await _segments.SkipAsync(known => FreshNumbers.SegmentAfter(known, now), cancellationToken);
        long list = await RevocationRegistry.RaiseVersionAsync(_store, _clock, known => FreshNumbers.VersionAfter(known, now), cancellationToken);
        long trust = await new KeyRingRegistry(_store, _clock).RaiseVersionAsync(known => FreshNumbers.VersionAfter(known, now), cancellationToken);
        await VoidAsync(cancellationToken);
        await new RestoreMarks(_store).PutAsync(new RestoreMark(now, backup, gap.Last, gap.First), cancellationToken);
        await using var journal = new JournalWriter(_store, _clock, Guid.CreateVersion7().ToString("n"), _version);
        await journal.AppendAsync(Caller.System, new JournalEvent.BrokerRestored(backup, gap.Last, gap.First, list, trust), cancellationToken);
        return new RestoredStore(gap.Last, gap.First, list, trust);
    }

    private async Task<Refusal.Conflict?> FaultOfClockAsync(DateTimeOffset backup, DateTimeOffset now, CancellationToken cancellationToken)
    {
        DateTimeOffset newest = backup;
        if (await _segments.FindNewestAsync(cancellationToken) is { } segment)
        {
            DateTimeOffset last = (await _segments.FindLastAsync(segment.Segment, cancellationToken))?.Time ?? segment.Opened;
            if (last > newest) newest = last;
        }

        return now >= newest - ClockSlack
            ? null
            : new Refusal.Conflict(
                $"this machine's clock says {now.UtcDateTime:u}, and the backup is of {newest.UtcDateTime:u}", "set the clock: serials from now on are counted by it");
    }

    /// <summary>Ends whatever counts once and is kept as still open. What is remembered as used instead is judged by the mark.</summary>
    private async Task VoidAsync(CancellationToken cancellationToken)
    {
        var passcodes = new PasscodeDocuments(_store);
        // Whatever the clock says later: none may live again.
        DateTimeOffset always = DateTimeOffset.UnixEpoch;
        await passcodes.RevokeAsync(await passcodes.ListAsync(always, cancellationToken), _ => true, always, cancellationToken);
        await EnrollmentTokenRegistry.ForgetUnusedAsync(_store, cancellationToken);
        await SignInChallenges.ForgetAsync(_store, cancellationToken);
    }
}
