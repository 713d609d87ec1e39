using SshFunctions.Core.Ports;

namespace SshFunctions.Core.Hosts;

/// <summary>Records each thing that hosts tell once, however often and to however many brokers it is told.</summary>
/// <remarks>
/// Partition <c>host-events</c>: row <c>HOST:NAME</c>. It is claimed, recorded, then marked with what came of it. A claim whose holder died
/// is taken over after <see cref="Patience"/>, so that an alarm is at worst recorded twice and never lost. Each new row removes what is
/// older than a month among the few that follow it.
/// </remarks>
internal sealed class HostEvents(IStore store, TimeProvider clock)
{
    private const string Partition = "host-events";
    private const int PruneCount = 8;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(30);

    /// <summary>Does what records a thing, unless that was done before.</summary>
    /// <param name="host">Who tells it.</param>
    /// <param name="name">The host's name for it; characters of a row.</param>
    /// <param name="record">Records it; what comes of it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What came of it, now or before; <see cref="Refusal.Unavailable"/> while somebody else records it.</returns>
    public async Task<Result<string>> OnceAsync(HostId host, string name, Func<Task<string>> record, CancellationToken cancellationToken)
    {
        var key = new DocumentKey(Partition, $"{host}:{name}");
        DateTimeOffset now = clock.GetUtcNow();
        Stored<HostEvent>? before = await store.ReadAsync(key, CoreJson.Default.HostEvent, cancellationToken);
        if (before?.Value.Outcome is { } done) return done;
        if (before is not null && now - before.Value.Begun < Patience) return Busy;
        if (!await store.TryPutAsync(key, Encode(new HostEvent(now, null)), before?.Version, cancellationToken)) return Busy;
        string outcome = await record();
        Stored<HostEvent>? claim = await store.ReadAsync(key, CoreJson.Default.HostEvent, CancellationToken.None);
        if (claim is not null) await store.TryPutAsync(key, Encode(new HostEvent(now, outcome)), claim.Version, CancellationToken.None);
        await PruneAsync(key.Row, now, cancellationToken);
        return outcome;
    }

    // What another instance prunes at the same time is no loss: the next one finds what is left.
    private async Task PruneAsync(string row, DateTimeOffset now, CancellationToken cancellationToken)
    {
        DocumentPage page = await store.ListAsync(Partition, RowRange.All.After(row).Take(PruneCount), cancellationToken);
        DocumentChange[] old = [.. page.Documents
            .Where(document => Json.Decode(document.Body, CoreJson.Default.HostEvent).Begun + Remembered <= now)
            .Select(document => new DocumentChange.Delete(document.Key.Row, document.Version))];
        if (old.Length > 0) await store.CommitAsync(Partition, old, cancellationToken);
    }

    private static byte[] Encode(HostEvent told) => Json.Encode(told, CoreJson.Default.HostEvent);

    private static Refusal.Unavailable Busy => new("another request records the same event", TimeSpan.FromSeconds(1));
}
