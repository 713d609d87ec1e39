using SshFunctions.Core.Callers;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Ports;

namespace SshFunctions.Core.Revocations;

/// <summary>Publishes the revocation list ahead of the hosts' questions, and keeps in sight that it can't be published.</summary>
/// <remarks>
/// Partition <c>revocations</c>, row <c>publication</c>, beside the version of the list and not in it: a failed build must not make a new
/// version, which would make every host fetch. It is written only while something is wrong. A version counts once however often its
/// message is given up, and not at all when a later one was published since.
/// </remarks>
public sealed class RevocationPublication
{
    // Enough to tell apart the messages that can still come again; older ones are counted in the number.
    private const int RememberedCount = 64;
    private const string UnknownFault = "the store was away, or the broker failed; its log has the reason";
    private static readonly DocumentKey Key = new("revocations", "publication");
    private readonly IStore _store;
    private readonly RevocationListPublisher _publisher;
    private readonly JournalWriter _journal;
    private readonly TimeProvider _clock;

    /// <summary>Makes it; touches nothing yet.</summary>
    /// <param name="store">Where failures are kept.</param>
    /// <param name="publisher">What builds the list.</param>
    /// <param name="journal">Where a failure is recorded, once until it is over.</param>
    /// <param name="clock">Times.</param>
    public RevocationPublication(IStore store, RevocationListPublisher publisher, JournalWriter journal, TimeProvider clock)
    {
        _store = store;
        _publisher = publisher;
        _journal = journal;
        _clock = clock;
    }

    /// <summary>Builds and signs the list that is in force; what was wrong with that before is over then.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>When it is built.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    /// <exception cref="SignerUnavailableException">The journal key is away; the next failure says so.</exception>
    public async Task PublishAsync(CancellationToken cancellationToken)
    {
        try
        {
            PublishedList list = await _publisher.ReadAsync(cancellationToken);
            await ClearAsync(list.Version, cancellationToken);
        }
        catch (SignerUnavailableException away)
        {
            await ChangeAsync(state => state.Fault == away.Message ? state : state with { Fault = away.Message }, cancellationToken);
            throw;
        }
    }

    /// <summary>Takes note that nobody will try again to publish a version because of the message that announced it.</summary>
    /// <param name="version">The version.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>When it is kept, and in the journal where it is the first.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task GiveUpAsync(PublishedVersion version, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(version);
        while (true)
        {
            Stored<PublicationState>? stored = await ReadAsync(cancellationToken);
            PublicationState state = stored?.Value ?? PublicationState.Healthy;
            if (state.IsSettled(version.Number)) return;
            PublicationState next = Add(state, version.Number);
            if (await RecordAsync(state, next, stored?.Version, version, cancellationToken)) return;
        }
    }

    /// <summary>What is wrong now.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Null when nothing is.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<PublicationFailure?> FindFailureAsync(CancellationToken cancellationToken) =>
        (await ReadAsync(cancellationToken))?.Value is { GivenUp.IsEmpty: false, Since: { } since, Last: { } last } state
            ? new PublicationFailure(since, last, state.Count, state.Fault ?? UnknownFault)
            : null;

    private async Task<bool> RecordAsync(
        PublicationState state, PublicationState next, DocumentVersion? read, PublishedVersion version, CancellationToken cancellationToken)
    {
        byte[] body = Json.Encode(next, CoreJson.Default.PublicationState);
        if (!state.GivenUp.IsEmpty) return await _store.TryPutAsync(Key, body, read, cancellationToken);
        var intent = new JournalEvent.RevocationListGivenUp(version.Number, next.Fault ?? UnknownFault);
        Result<Done> result = await _journal.RunAsync<Done>(
            Caller.System,
            intent,
            async () => await _store.TryPutAsync(Key, body, read, cancellationToken)
                ? Done.Instance
                : new Refusal.Conflict("it was recorded by somebody else", null),
            cancellationToken);
        return result.Succeeded;
    }

    private PublicationState Add(PublicationState state, long version)
    {
        DateTimeOffset now = _clock.GetUtcNow();
        return state with
        {
            GivenUp = [.. state.GivenUp.Append(version).Order().TakeLast(RememberedCount)],
            Count = state.Count + 1,
            Since = state.Since ?? now,
            Last = now,
        };
    }

    private Task ClearAsync(long version, CancellationToken cancellationToken) => ChangeAsync(
        state => state.IsClear ? state : state.After(version), cancellationToken);

    private async Task ChangeAsync(Func<PublicationState, PublicationState> change, CancellationToken cancellationToken)
    {
        while (true)
        {
            Stored<PublicationState>? stored = await ReadAsync(cancellationToken);
            PublicationState state = stored?.Value ?? PublicationState.Healthy;
            PublicationState next = change(state);
            if (ReferenceEquals(next, state)) return;
            if (await _store.TryPutAsync(Key, Json.Encode(next, CoreJson.Default.PublicationState), stored?.Version, cancellationToken)) return;
        }
    }

    private ValueTask<Stored<PublicationState>?> ReadAsync(CancellationToken cancellationToken) =>
        _store.ReadAsync(Key, CoreJson.Default.PublicationState, cancellationToken);
}
