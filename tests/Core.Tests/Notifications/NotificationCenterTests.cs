using System.Text;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Notifications;
using SshFunctions.Core.Ports;
using SshFunctions.Core.Resources;
using SshFunctions.Core.Webhooks;
using SshFunctions.Support.Store;
using SshFunctions.Support.Time;

namespace SshFunctions.Core.Tests.Notifications;

public sealed class NotificationCenterTests
{
    private const int Patience = 60_000;
    private readonly InMemoryStore _store = new();
    private readonly ManualClock _clock = new();
    private readonly MemoryQueue _queue = new();
    private readonly MemorySender _sender = new();

    [Fact(Timeout = Patience)]
    public async Task Tells_each_subscription_of_what_it_wants_and_under_an_identifier_that_stays()
    {
        await using Broker broker = new(_store, _clock);
        NotificationCenter center = CenterOf(broker, ("chat", "host.*"), ("itsm", "*"));
        await AlarmAsync(broker);
        await center.FollowAsync(default);
        await center.FollowAsync(default);
        foreach (ReadOnlyMemory<byte> message in _queue.Messages)
        {
            Assert.True((await center.TakeAsync(message, default)).Succeeded);
            Assert.True((await center.TakeAsync(message, default)).Succeeded); // delivered twice
        }

        Assert.Equal(["chat-00000000000000065538"], _sender.Sent.Where(sent => sent.Subscription == "chat").Select(sent => sent.Id).Distinct());
        Assert.Equal(2, _sender.Sent.Where(sent => sent.Subscription == "itsm").Select(sent => sent.Id).Distinct().Count()); // with the segment's first entry
    }

    [Fact(Timeout = Patience)]
    public async Task What_the_queue_gives_up_is_listed_recorded_once_and_can_be_sent_again()
    {
        await using Broker broker = new(_store, _clock);
        (NotificationCenter center, ReadOnlyMemory<byte> message) = await FailAsync(broker);
        for (int attempt = 0; attempt < 5; attempt++) Assert.False((await center.TakeAsync(message, default)).Succeeded);
        Assert.Empty(await center.ListGivenUpAsync(null, default).ToListAsync());

        await center.GiveUpAsync(message, default);
        await center.GiveUpAsync(message, default);
        FailedNotification lost = Assert.Single(await center.ListGivenUpAsync(null, default).ToListAsync());
        Assert.Equal(("chat", 65_538UL, "host.alarm", 5, _sender.Failure), (lost.Subscription, lost.Serial, lost.Kind, lost.FailureCount, lost.Reason));
        Assert.Equal(
            new JournalEvent.NotificationGivenUp("chat", 65_538, "host.alarm", lost.Reason),
            Assert.Single(await broker.EventsAsync<JournalEvent.NotificationGivenUp>()));

        _sender.Failure = null;
        Assert.True((await center.RetryAsync(lost.Id, default)).Succeeded);
        Assert.True((await center.TakeAsync(_queue.Messages[^1], default)).Succeeded);
        Assert.Empty(await center.ListGivenUpAsync(null, default).ToListAsync());
        Broker.Refused<Refusal.NotFound>((await center.RetryAsync(lost.Id, default)).Refusal);
        Broker.Refused<Refusal.NotFound>((await center.RetryAsync("../#", default)).Refusal);
    }

    [Fact(Timeout = Patience)]
    public async Task A_try_that_ends_after_its_message_was_given_up_does_not_take_it_off_the_list()
    {
        await using Broker broker = new(_store, _clock);
        (NotificationCenter center, ReadOnlyMemory<byte> message) = await FailAsync(broker);
        await center.TakeAsync(message, default);
        await center.GiveUpAsync(message, default);

        await center.TakeAsync(message, default);

        FailedNotification lost = Assert.Single(await center.ListGivenUpAsync(null, default).ToListAsync());
        Broker.Must(await center.RetryAsync(lost.Id, default));
        Assert.Single(await center.ListGivenUpAsync(null, default).ToListAsync());
        await center.TakeAsync(message, default);
        Assert.Empty(await center.ListGivenUpAsync(null, default).ToListAsync());
        await center.GiveUpAsync(message, default);
        Assert.Single(await center.ListGivenUpAsync(null, default).ToListAsync());
        Assert.Equal(2, (await broker.EventsAsync<JournalEvent.NotificationGivenUp>()).Length);
    }

    [Fact(Timeout = Patience)]
    public async Task A_try_that_fails_while_its_message_is_given_up_does_not_keep_it_off_the_list()
    {
        await using Broker broker = new(_store, _clock);
        (NotificationCenter center, ReadOnlyMemory<byte> message) = await FailAsync(broker);
        HeldCommit held = _store.HoldNextCommit();
        Task givingUp = center.GiveUpAsync(message, default);
        await held.Reached;
        await center.TakeAsync(message, default);

        held.Release();
        await givingUp;

        Assert.Single(await center.ListGivenUpAsync(null, default).ToListAsync());
        Assert.Single(await broker.EventsAsync<JournalEvent.NotificationGivenUp>());
    }

    [Fact(Timeout = Patience)]
    public async Task Two_receivers_that_are_away_are_not_told_of_each_other_for_ever()
    {
        await using Broker broker = new(_store, _clock);
        NotificationCenter center = CenterOf(broker, ("one", "host.alarm"), ("one-more", "notification.given-up"), ("two", "*"));
        await AlarmAsync(broker);
        _sender.Failure = "away";
        int handled = 0;
        for (int round = 0; round < 20; round++)
        {
            await center.FollowAsync(default);
            for (; handled < _queue.Messages.Count; handled++)
            {
                await center.TakeAsync(_queue.Messages[handled], default);
                await center.GiveUpAsync(_queue.Messages[handled], default);
            }
        }

        Assert.InRange(_queue.Messages.Count, 3, 12);
    }

    [Fact(Timeout = Patience)]
    public async Task A_message_that_nobody_here_wrote_or_of_a_subscription_that_is_gone_does_nothing()
    {
        await using Broker broker = new(_store, _clock);
        await AlarmAsync(broker);
        NotificationCenter center = CenterOf(broker, ("chat", "host.*"));
        foreach (string message in new[] { "", "null", "[]", "{\"subscription\":\"gone\",\"serial\":65538}", "{\"subscription\":\"chat\",\"serial\":1}", "{\"subscription\":\"a/b\",\"serial\":65538}" })
        {
            Assert.True((await center.TakeAsync(Encoding.UTF8.GetBytes(message), default)).Succeeded);
            await center.GiveUpAsync("{\"subscription\":\"chat\",\"serial\":1}"u8.ToArray(), default);
        }

        Assert.Empty(_sender.Sent);
        Assert.Empty(await broker.EventsAsync<JournalEvent.NotificationGivenUp>());
    }

    [Fact(Timeout = Patience)]
    public async Task A_nudge_has_the_journal_looked_at()
    {
        await using Broker broker = new(_store, _clock);
        NotificationCenter center = CenterOf(broker, ("chat", "host.*"));
        await AlarmAsync(broker);
        Assert.True((await center.TakeAsync(NotificationCenter.Nudge, default)).Succeeded);
        Assert.Single(_queue.Messages);
    }

    /// <summary>One notification to be sent, to somebody who does not take it.</summary>
    private async Task<(NotificationCenter Center, ReadOnlyMemory<byte> Message)> FailAsync(Broker broker)
    {
        NotificationCenter center = CenterOf(broker, ("chat", "host.*"));
        await AlarmAsync(broker);
        await center.FollowAsync(default);
        _sender.Failure = "chat.example.com answered 500";
        return (center, _queue.Messages.Single());
    }

    private NotificationCenter CenterOf(Broker broker, params (string Name, string Kinds)[] subscriptions) => new(
        subscriptions.Select(wanted => JournalSelection.TryCreate([wanted.Kinds], ResourcePath.Root, out JournalSelection? selection, out _)
            ? new NotificationSubscription(wanted.Name, selection, NotificationFormat.Standard)
            : throw new InvalidOperationException(wanted.Kinds)),
        _sender,
        _store,
        _queue,
        new JournalFollower(_store, _clock),
        broker.Reader,
        broker.Journal,
        _clock);

    private static Task<JournalEntry> AlarmAsync(Broker broker) => broker.Journal.AppendAsync(
        Broker.Alice, new JournalEvent.HostAlarm(Broker.EnrolledHostOf().Id, Broker.Web, "a1", "trust", "gone", broker.Now), default);

    private sealed class MemoryQueue : IMessageQueue
    {
        public List<ReadOnlyMemory<byte>> Messages { get; } = [];

        public ValueTask SendAsync(string queue, ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
        {
            Assert.Equal("notifications", queue);
            Messages.Add(message);
            return ValueTask.CompletedTask;
        }
    }

    private sealed class MemorySender : INotificationSender
    {
        public List<(string Subscription, string Id, string Body)> Sent { get; } = [];

        public string? Failure { get; set; }

        public Task<Result<Done>> SendAsync(
            NotificationSubscription subscription, WebhookStamp stamp, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
        {
            if (Failure is not null) return Task.FromResult<Result<Done>>(new Refusal.Unavailable(Failure, TimeSpan.Zero));
            Sent.Add((subscription.Name, stamp.Id, Encoding.UTF8.GetString(body.Span)));
            return Task.FromResult<Result<Done>>(Done.Instance);
        }
    }
}
