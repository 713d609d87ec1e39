using System.Collections.Immutable;
using System.Text.Json;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Ports;
using SshFunctions.Core.Webhooks;

namespace SshFunctions.Core.Notifications;

/// <summary>Tells whoever subscribed of what the journal records, at least once each.</summary>
/// <remarks>
/// The journal is followed, each wanted entry becomes a message on <see cref="Queue"/>, the queue tries and puts aside. Partition
/// <c>notifications</c>: row <c>f:ID</c> for each whose delivery failed, until it succeeds.
/// </remarks>
public sealed class NotificationCenter
{
    /// <summary>Name of the queue.</summary>
    public const string Queue = "notifications";

    private const string Partition = "notifications";
    private const string FailedPrefix = "f:";
    private const string Follower = "notifications";
    private const int WindowSize = 200;
    private const int MaximumReasonLength = 300;

    private readonly IStore _store;
    private readonly IMessageQueue _queue;
    private readonly JournalFollower _follower;
    private readonly JournalReader _reader;
    private readonly JournalWriter _journal;
    private readonly INotificationSender _sender;
    private readonly TimeProvider _clock;

    /// <summary>Makes it; touches nothing yet.</summary>
    /// <param name="subscriptions">Who is told of what; names are unique.</param>
    /// <param name="sender">Posts.</param>
    /// <param name="store">Where failed ones are kept.</param>
    /// <param name="queue">Tries again what failed.</param>
    /// <param name="follower">Where entries come from.</param>
    /// <param name="reader">Where an entry is read again.</param>
    /// <param name="journal">Records what was given up.</param>
    /// <param name="clock">Times.</param>
    public NotificationCenter(
        IEnumerable<NotificationSubscription> subscriptions,
        INotificationSender sender,
        IStore store,
        IMessageQueue queue,
        JournalFollower follower,
        JournalReader reader,
        JournalWriter journal,
        TimeProvider clock)
    {
        Subscriptions = [.. subscriptions];
        _sender = sender;
        _store = store;
        _queue = queue;
        _follower = follower;
        _reader = reader;
        _journal = journal;
        _clock = clock;
    }

    /// <summary>Who is told of what.</summary>
    public ImmutableArray<NotificationSubscription> Subscriptions { get; }

    /// <summary>The message that has the journal looked at soon; it names nobody.</summary>
    public static ReadOnlyMemory<byte> Nudge { get; } = "{}"u8.ToArray();

    /// <summary>Puts a message on the queue for everybody who wants an entry that was not looked at yet.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>When all that was durable was looked at, or another instance goes on with it.</returns>
    /// <exception cref="StoreUnavailableException">Store or queue are away; repeating it does the rest.</exception>
    public async Task FollowAsync(CancellationToken cancellationToken)
    {
        if (Subscriptions.IsEmpty) return;
        while ((await _follower.FollowAsync(Follower, FollowStart.Recent, WindowSize, AnnounceAsync, cancellationToken)).Outcome == FollowOutcome.More)
            cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>Does what a message of the queue says.</summary>
    /// <param name="message">The message; one that nobody here wrote does nothing.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A refusal when it is to come again.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<Result<Done>> TakeAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        if (Read(message) is not { } wanted) return Done.Instance;
        if (wanted.Subscription is null)
        {
            await FollowAsync(cancellationToken);
            return Done.Instance;
        }

        // A subscription that is gone from the configuration is told nothing more.
        if (FindSubscription(wanted) is not { } subscription || await FindEntryAsync(wanted, cancellationToken) is not { } entry) return Done.Instance;
        var stamp = new WebhookStamp(FailedNotification.IdOf(subscription.Name, wanted.Serial), _clock.GetUtcNow());
        Result<Done> sent = await _sender.SendAsync(subscription, stamp, NotificationBody.Write(entry, subscription.Format), cancellationToken);
        if (sent.Try(out _, out Refusal? refusal)) await _store.TryDeleteAsync(KeyOf(wanted), cancellationToken);
        else await KeepAsync(wanted, entry.Event.Kind, refusal.Detail, cancellationToken);
        return sent;
    }

    /// <summary>Shows that the queue gave a message up.</summary>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>When it is recorded.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task GiveUpAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        if (Read(message) is not { Subscription: not null } wanted || await FindEntryAsync(wanted, cancellationToken) is not { } entry) return;
        for (bool isRecorded = false; ; isRecorded = true)
        {
            DateTimeOffset now = _clock.GetUtcNow();
            Stored<FailedNotification>? stored = await ReadAsync(KeyOf(wanted), cancellationToken);
            // Somebody else gave it up, or a try that took long delivered it after all.
            if (stored?.Value is { IsGivenUp: true } || (isRecorded && stored is null)) return;
            FailedNotification failed = stored?.Value
                ?? new FailedNotification(wanted.Subscription, wanted.Serial, entry.Event.Kind, QueueLimits.MaximumTryCount, "the log says why", now);
            // Recorded first: whoever dies between the two records it twice, and never not at all.
            if (!isRecorded)
            {
                await _journal.AppendAsync(
                    Caller.System, new JournalEvent.NotificationGivenUp(failed.Subscription, failed.Serial, failed.Kind, failed.Reason), cancellationToken);
            }

            // Not so when a try that took long counted itself meanwhile.
            if (await PutAsync(failed with { GivenUp = now, Retried = null }, stored?.Version, cancellationToken)) return;
        }
    }

    /// <summary>Those that were given up, by subscription and age.</summary>
    /// <param name="after">Identifier of the last one that is not wanted; null for none.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>One for each.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public IAsyncEnumerable<FailedNotification> ListGivenUpAsync(string? after, CancellationToken cancellationToken) =>
        _store.ReadAllAsync(
                Partition, RowRange.StartingWith(FailedPrefix).After(after is null ? null : FailedPrefix + after), CoreJson.Default.FailedNotification, cancellationToken)
            .Where(failed => failed.GivenUp is not null);

    /// <summary>Has one that was given up tried again.</summary>
    /// <param name="id">Its identifier.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>It as it was; <see cref="Refusal.NotFound"/> when there is none; <see cref="Refusal.Conflict"/> when its subscription is gone.</returns>
    /// <exception cref="StoreUnavailableException">Store or queue are away.</exception>
    public async Task<Result<FailedNotification>> RetryAsync(string id, CancellationToken cancellationToken)
    {
        while (true)
        {
            Stored<FailedNotification>? stored = DocumentKey.IsPart(FailedPrefix + id)
                ? await ReadAsync(new DocumentKey(Partition, FailedPrefix + id), cancellationToken)
                : null;
            if (stored?.Value is not { GivenUp: not null } failed)
                return new Refusal.NotFound($"no notification {id} was given up", "sshfn notifications list shows those that were");
            if (!Subscriptions.Any(subscription => subscription.Name == failed.Subscription))
                return new Refusal.Conflict($"there is no subscription {failed.Subscription} any more", "put it back into the --outbound file");
            // It stays on the list: the try that follows removes it, or counts from the beginning.
            if (!await PutAsync(failed with { Retried = _clock.GetUtcNow() }, stored.Version, cancellationToken)) continue;
            await SendAsync(new NotificationMessage(failed.Subscription, failed.Serial), cancellationToken);
            return failed;
        }
    }

    private async Task<int> AnnounceAsync(IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken)
    {
        foreach (JournalEntry entry in entries)
        {
            foreach (NotificationSubscription subscription in Subscriptions.Where(subscription => subscription.Wants(entry)))
                await SendAsync(new NotificationMessage(subscription.Name, entry.Position.Serial), cancellationToken);
        }

        return entries.Count;
    }

    private async Task KeepAsync(NotificationMessage wanted, string kind, string reason, CancellationToken cancellationToken)
    {
        Stored<FailedNotification>? stored = await ReadAsync(KeyOf(wanted), cancellationToken);
        // A try that took longer than the queue waits for one, and ends after the message was given up: nobody comes again for it.
        if (stored?.Value is { IsGivenUp: true }) return;
        string brief = reason.Length > MaximumReasonLength ? reason[..MaximumReasonLength] : reason;
        int count = stored?.Value is { GivenUp: null } tried ? tried.FailureCount + 1 : 1;
        await PutAsync(new FailedNotification(wanted.Subscription!, wanted.Serial, kind, count, brief, _clock.GetUtcNow()), stored?.Version, cancellationToken);
    }

    private NotificationSubscription? FindSubscription(NotificationMessage wanted) =>
        Subscriptions.FirstOrDefault(subscription => subscription.Name == wanted.Subscription);

    private async Task<JournalEntry?> FindEntryAsync(NotificationMessage wanted, CancellationToken cancellationToken) =>
        JournalPosition.TryFromSerial(wanted.Serial, out JournalPosition position) ? await _reader.FindAsync(position, cancellationToken) : null;

    private ValueTask SendAsync(NotificationMessage message, CancellationToken cancellationToken) =>
        _queue.SendAsync(Queue, Json.Encode(message, CoreJson.Default.NotificationMessage), cancellationToken);

    private ValueTask<Stored<FailedNotification>?> ReadAsync(DocumentKey key, CancellationToken cancellationToken) =>
        _store.ReadAsync(key, CoreJson.Default.FailedNotification, cancellationToken);

    private ValueTask<bool> PutAsync(FailedNotification failed, DocumentVersion? version, CancellationToken cancellationToken) =>
        _store.TryPutAsync(
            new DocumentKey(Partition, FailedPrefix + failed.Id), Json.Encode(failed, CoreJson.Default.FailedNotification), version, cancellationToken);

    private static DocumentKey KeyOf(NotificationMessage wanted) =>
        new(Partition, FailedPrefix + FailedNotification.IdOf(wanted.Subscription!, wanted.Serial));

    private static NotificationMessage? Read(ReadOnlyMemory<byte> message)
    {
        try
        {
            NotificationMessage? read = JsonSerializer.Deserialize(message.Span, CoreJson.Default.NotificationMessage);
            return read?.Subscription is { } name && !DocumentKey.IsPart(FailedNotification.IdOf(name, read.Serial)) ? null : read;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
