using SshFunctions.Core.Callers;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Policy;

namespace SshFunctions.Core.Revocations;

public sealed partial class AccessRevoker
{
    // Clocks of several brokers differ a little: an hour is surely enough.
    private static readonly TimeSpan ClockSlack = TimeSpan.FromHours(1);
    // What takes longer than this to follow a removal was stopped on the way.
    private static readonly TimeSpan RemovalPatience = TimeSpan.FromMinutes(1);

    /// <summary>Removes a grant and revokes every live certificate, and every passcode of the last day, that was minted under it.</summary>
    /// <param name="caller">Who does it.</param>
    /// <param name="grant">Which.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Ends nothing once it began.</param>
    /// <returns>What is in force; may be nothing.</returns>
    /// <exception cref="Ports.StoreUnavailableException">The store is away; repeating it does the rest, and <see cref="FinishRemovalsAsync"/> what is left once the grant is gone.</exception>
    public async Task<Result<RevokedAccess>> RevokeGrantAsync(
        Caller caller, Grant grant, string reason, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(grant);
        cancellationToken.ThrowIfCancellationRequested();
        if (FreeText.FaultOf(reason, "reason", RevocationRegistry.MaximumReasonLength, required: true) is { } fault) return fault;
        // Before the grant goes, so that whoever is stopped midway still has the grant to repeat it with.
        Result<RevokedAccess> before = await RevokeMintedAsync(caller, grant.Id, [], reason, CancellationToken.None);
        if (!before.Try(out RevokedAccess? first, out Refusal? refusal)) return refusal;
        var removal = new GrantRemoval(grant.Id, _clock.GetUtcNow(), reason);
        if (!(await _grants.RemoveAsync(caller, grant, removal, CancellationToken.None)).Try(out _, out refusal)) return refusal;
        return await FinishAsync(caller, removal, first.Revocations, CancellationToken.None);
    }

    /// <summary>Removes a grant. Certificates minted under it live on until they expire; hosts ask again about sessions of registered keys.</summary>
    /// <param name="caller">Who does it; its right is checked beforehand.</param>
    /// <param name="grant">Which.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns><see cref="Refusal.Conflict"/> when somebody changed it meanwhile.</returns>
    /// <exception cref="Ports.StoreUnavailableException">The store is away.</exception>
    public async Task<Result<Done>> RemoveGrantAsync(Caller caller, Grant grant, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(grant);
        var removal = new GrantRemoval(grant.Id, _clock.GetUtcNow(), null);
        if (!(await _grants.RemoveAsync(caller, grant, removal, cancellationToken)).Try(out Done? done, out Refusal? refusal)
            || !(await FinishAsync(caller, removal, [], cancellationToken)).Try(out _, out refusal)) return refusal;
        return done;
    }

    /// <summary>Does what is left of removals that were stopped on the way: the grant is gone, what it gave may not be.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>How many there were.</returns>
    /// <exception cref="Ports.StoreUnavailableException">The store is away; the next run does the rest.</exception>
    public async Task<int> FinishRemovalsAsync(CancellationToken cancellationToken)
    {
        int count = 0;
        await foreach (GrantRemoval removal in _grants.ListRemovalsAsync(cancellationToken))
        {
            TimeSpan age = _clock.GetUtcNow() - removal.At;
            if (age >= TimeSpan.Zero && age < RemovalPatience) continue;
            if ((await FinishAsync(Caller.System, removal, [], cancellationToken)).Succeeded) count++;
        }

        return count;
    }

    /// <summary>Revokes every live certificate, and every passcode of the last day, that was minted under a grant that is gone.</summary>
    /// <param name="caller">Who does it.</param>
    /// <param name="grant">Which; removed already, so that nothing more is minted under it.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What is in force; may be nothing. Hosts ask again about sessions of registered keys in any case.</returns>
    /// <exception cref="Ports.StoreUnavailableException">The store is away; repeating it does the rest.</exception>
    public Task<Result<RevokedAccess>> RevokeMintedUnderAsync(
        Caller caller, GrantId grant, string reason, CancellationToken cancellationToken) =>
        RevokeLastAsync(caller, grant, [], reason, cancellationToken);

    private async Task<Result<RevokedAccess>> FinishAsync(
        Caller caller, GrantRemoval removal, IReadOnlyList<Revocation> done, CancellationToken cancellationToken)
    {
        Result<RevokedAccess> result = removal.Reason is { } reason
            ? await RevokeLastAsync(caller, removal.Grant, done, reason, cancellationToken)
            : new RevokedAccess((await _revocations.RaiseAsync(cancellationToken)).Number, done);
        if (result.Succeeded) await _grants.ForgetRemovalAsync(removal, cancellationToken);
        return result;
    }

    /// <summary>What was minted while the grant went: a mint looks for its grant once more between its entry and its release.</summary>
    private async Task<Result<RevokedAccess>> RevokeLastAsync(
        Caller caller, GrantId grant, IReadOnlyList<Revocation> done, string reason, CancellationToken cancellationToken)
    {
        long version = await _revocations.ReadVersionAsync(cancellationToken);
        await _passcodes.RevokeAsync(grant, cancellationToken);
        if (!(await RevokeMintedAsync(caller, grant, done, reason, cancellationToken)).Try(out RevokedAccess? revoked, out Refusal? refusal)) return refusal;
        // Sessions of registered keys have no serial: hosts ask again about each when the list has a version that is younger than the removal.
        if (revoked.ListVersion > version) return revoked;
        return revoked with { ListVersion = (await _revocations.RaiseAsync(cancellationToken)).Number };
    }

    private async Task<Result<RevokedAccess>> RevokeMintedAsync(
        Caller caller, GrantId grant, IReadOnlyList<Revocation> done, string reason, CancellationToken cancellationToken)
    {
        DateTimeOffset now = _clock.GetUtcNow();
        HashSet<string> known = [.. done.Select(revocation => revocation.Id)];
        var found = new List<Revocation>();
        TimeSpan longest = _longestLife > PasscodeSessionLife ? _longestLife : PasscodeSessionLife;
        await foreach (JournalEntry entry in _reader.ReadSinceAsync(now - longest - ClockSlack, new JournalSieve(grant.Text), cancellationToken))
        {
            if (GrantOf(entry) != grant.Text || EndOf(entry) is not { } end || end <= now) continue;
            Revocation revocation = Of(caller, entry.Position.Serial, end, reason);
            if (!known.Contains(revocation.Id)) found.Add(revocation);
        }

        if (found.Count == 0) return new RevokedAccess(await _revocations.ReadVersionAsync(cancellationToken), done);
        Result<PublishedVersion> result = await _revocations.RevokeAsync(caller, found, reason, grant, cancellationToken);
        return result.Try(out PublishedVersion? version, out Refusal? refusal)
            ? new RevokedAccess(version.Number, [.. done, .. found])
            : refusal;
    }

    private static string? GrantOf(JournalEntry entry) => entry.Event switch
    {
        JournalEvent.CertificateIssued issued => issued.Grant,
        JournalEvent.PasscodeIssued issued => issued.Grant,
        _ => null,
    };
}
