using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using SshFunctions.Core.Ports;
using SshFunctions.Core.Restoring;
using SshFunctions.Core.Webhooks;

namespace SshFunctions.Core.Tickets;

/// <summary>Takes signed webhooks of ticket systems. Believes nothing before the signature is found right.</summary>
/// <remarks>
/// Partition <c>webhooks</c>: row <c>TIME:HASH</c> for each that was taken, until its time is too old to count. Source: Standard Webhooks
/// 1.0, "Verifying webhook authenticity".
/// </remarks>
public sealed class TicketReceiver
{
    private const string Partition = "webhooks";
    private const int PruneSize = 30;

    private readonly ImmutableArray<TicketSource> _sources;
    private readonly TicketIntake _intake;
    private readonly TicketRefusals _refusals;
    private readonly IStore _store;
    private readonly TimeProvider _clock;
    private readonly RestoreMarks _restores;

    /// <summary>Makes it; touches nothing yet.</summary>
    /// <param name="sources">Whose webhooks are taken; names are unique.</param>
    /// <param name="intake">Does what they want.</param>
    /// <param name="refusals">Records what is refused.</param>
    /// <param name="store">Where it is kept which were taken.</param>
    /// <param name="clock">Says which are too old.</param>
    public TicketReceiver(IEnumerable<TicketSource> sources, TicketIntake intake, TicketRefusals refusals, IStore store, TimeProvider clock)
    {
        _sources = [.. sources];
        _intake = intake;
        _refusals = refusals;
        _store = store;
        _clock = clock;
        _restores = new RestoreMarks(store);
    }

    /// <summary>The source of a name; null when there is none.</summary>
    /// <param name="name">The name.</param>
    public TicketSource? Find(string name) => _sources.FirstOrDefault(source => source.Name == name);

    /// <summary>Records that a webhook was refused before it was read.</summary>
    /// <param name="source">Name in its address.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>When it is recorded, or counted.</returns>
    /// <exception cref="StoreUnavailableException">The entry did not become durable.</exception>
    public Task RefuseAsync(string source, string reason, CancellationToken cancellationToken) =>
        _refusals.RecordAsync(Find(source)?.Name, reason, cancellationToken);

    /// <summary>Takes a webhook.</summary>
    /// <param name="name">Name in its address.</param>
    /// <param name="stamp">What its headers say; null when they are missing or malformed.</param>
    /// <param name="signatures">Its signature header.</param>
    /// <param name="body">The bytes as they came.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>
    /// What became of it. <see cref="Refusal.NotFound"/> for no such source, <see cref="Refusal.Unauthenticated"/> for a signature that is
    /// not right or a time too far from now, <see cref="Refusal.Conflict"/> for one that was taken before, <see cref="Refusal.Unavailable"/> for one that may have been, before a
    /// backup was restored, else as
    /// <see cref="TicketIntake"/> refuses. Every refusal is recorded, and leaves nothing else behind.
    /// </returns>
    /// <exception cref="StoreUnavailableException">The store is away; the sender repeats it.</exception>
    public async Task<Result<TicketOutcome>> ReceiveAsync(
        string name, WebhookStamp? stamp, string? signatures, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        TicketSource? source = Find(name);
        if (FaultOf(source, stamp, signatures, body) is { } fault) return await RefusedAsync(source, fault, cancellationToken);
        if (await FaultOfRestoreAsync(source!, stamp!, cancellationToken) is { } early) return await RefusedAsync(source, early, cancellationToken);
        var place = new DocumentKey(Partition, RowOf(source!, stamp!));
        if (!await _store.TryPutAsync(place, "{}"u8.ToArray(), null, cancellationToken))
            return await RefusedAsync(source, new Refusal.Conflict("this webhook was taken before", "send a new one with an identifier or time of its own"), cancellationToken);
        bool taken = false;
        try
        {
            Result<TicketOutcome> result = await _intake.TakeAsync(source!, body, cancellationToken);
            taken = result.Succeeded;
            return result;
        }
        finally
        {
            // What came to nothing may be sent again as it is.
            if (!taken) await _store.TryDeleteAsync(place, CancellationToken.None);
            else await _store.ForgetAsync(Partition, "", _clock.GetUtcNow() - LongestTolerance, PruneSize, cancellationToken);
        }
    }

    private TimeSpan LongestTolerance => _sources.Max(source => source.Tolerance);

    private Refusal? FaultOf(TicketSource? source, WebhookStamp? stamp, string? signatures, ReadOnlyMemory<byte> body)
    {
        if (source is null) return new Refusal.NotFound("there is no such ticket source", "the broker's operator names it in the --tickets file");
        if (stamp is null)
        {
            return new Refusal.Unauthenticated(
                "the webhook's headers are missing or malformed", $"send {WebhookStamp.IdHeader}, {WebhookStamp.TimeHeader} and {WebhookStamp.SignatureHeader}, as Standard Webhooks has them");
        }

        if (!WebhookSignature.IsRight(stamp, body.Span, signatures, source.Secrets))
            return new Refusal.Unauthenticated("the webhook's signature is not right", "sign with the source's secret, over ID.SECONDS.BODY");
        return (_clock.GetUtcNow() - stamp.Time).Duration() > source.Tolerance
            ? new Refusal.Unauthenticated("the webhook's time is too far from now", "check the sender's clock, or send it again with the time of this try")
            : null;
    }

    /// <summary>Whether it may have been taken before the broker was restored from a backup, by a sender whose clock is ahead as far as it may be.</summary>
    private async Task<Refusal.Unavailable?> FaultOfRestoreAsync(TicketSource source, WebhookStamp stamp, CancellationToken cancellationToken)
    {
        if (await _restores.FindAsync(cancellationToken) is not { } restore || stamp.Time > restore.Time + source.Tolerance) return null;
        TimeSpan left = restore.Time + source.Tolerance - _clock.GetUtcNow();
        return new Refusal.Unavailable(
            "the broker was restored from a backup, and this webhook may have been taken before", left > TimeSpan.FromSeconds(1) ? left : TimeSpan.FromSeconds(1));
    }

    private async Task<Result<TicketOutcome>> RefusedAsync(TicketSource? source, Refusal refusal, CancellationToken cancellationToken)
    {
        await _refusals.RecordAsync(source?.Name, refusal.Detail, cancellationToken);
        return refusal;
    }

    private static string RowOf(TicketSource source, WebhookStamp stamp) =>
        $"{ExpiringRows.Stamp(stamp.Time)}:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{source.Name} {stamp.Id}")))}";
}
