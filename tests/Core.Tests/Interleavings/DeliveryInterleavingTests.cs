using System.Text;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Notifications;
using SshFunctions.Core.Ports;
using SshFunctions.Core.Resources;
using SshFunctions.Core.Revocations;
using SshFunctions.Core.Webhooks;
using SshFunctions.Ssh.Keys;
using SshFunctions.Ssh.Revocation;
using SshFunctions.Support.Proofs;
using SshFunctions.Support.Proofs.Schedules;
using SshFunctions.Support.Signers;
using SshFunctions.Support.Store;

namespace SshFunctions.Core.Tests.Interleavings;

/// <summary>Messages that come twice, at once and out of order, to brokers that die: what was given up stays to be seen until it was done.</summary>
[Trait("Proof", "concurrency")]
public sealed class DeliveryInterleavingTests
{
    private const int Patience = 600_000;
    private static readonly SshPrivateKey Key = SshPrivateKey.GenerateEcdsa(256);

    [Fact(Timeout = Patience)]
    public Task A_notification_that_was_given_up_is_listed_unless_it_was_delivered() => Task.Run(() =>
        new Exploration("concurrency", "notification delivered twice and out of order", PlayNotificationAsync).PlayRandom(LongRuns.Count(60, 8000)));

    [Fact(Timeout = Patience)]
    public Task A_list_that_was_given_up_is_told_until_one_of_its_version_is_out() => Task.Run(() =>
        new Exploration("concurrency", "revocation message delivered twice and out of order", PlayPublicationAsync).PlayRandom(LongRuns.Count(60, 8000)));

    private static async Task PlayNotificationAsync(Interleaving run)
    {
        var store = new InMemoryStore();
        InterleavedBroker[] brokers = [.. new[] { "one", "two" }.Select(name => new InterleavedBroker(run, store, name))];
        JournalEntry alarm = await brokers[0].Journal.AppendAsync(
            Broker.Alice, new JournalEvent.HostAlarm(Broker.EnrolledHostOf().Id, Broker.Web, "a1", "trust", "gone", run.Clock.GetUtcNow()), default);
        byte[] message = Encoding.UTF8.GetBytes($$"""{"subscription":"chat","serial":{{alarm.Position.Serial}}}""");
        var sender = new UnsureSender(run);
        int givenUp = 0;
        for (int number = 0; number < 3; number++)
        {
            NotificationCenter center = CenterOf(run, brokers[number % 2], sender);
            run.Start("deliver", () => center.TakeAsync(message, default));
            if (number == 2) continue;
            run.Start("give up", async () =>
            {
                await center.GiveUpAsync(message, default);
                givenUp++;
            });
        }

        await run.PlayAsync();
        NotificationCenter late = CenterOf(run, new InterleavedBroker(run, store, "late"), sender);
        bool isListed = await late.ListGivenUpAsync(null, default).AnyAsync();
        Assert.True(isListed || givenUp == 0 || sender.SentCount > 0, "it was given up, never delivered, and nobody is told");
        int recorded = (await StoredJournal.ReadAsync(store, run.Clock)).Count(entry => entry.Event is JournalEvent.NotificationGivenUp);
        Assert.True(recorded > 0 || givenUp == 0, "no entry says that it was given up");
        foreach (InterleavedBroker broker in brokers) await broker.DisposeAsync();
    }

    private static async Task PlayPublicationAsync(Interleaving run)
    {
        var store = new InMemoryStore();
        var signer = new NotingSigner();
        var certificates = new InMemoryCertificateSigner(Key);
        InterleavedBroker[] brokers =
            [.. new[] { "one", "two" }.Select(name => new InterleavedBroker(run, store, name, _ => new FixedSigningKeys(certificates, certificates, signer, run.Clock)))];
        await brokers[0].Revocations.RaiseAsync(default);
        var givenUp = new List<long>();
        foreach (InterleavedBroker broker in brokers)
        {
            var publication = new RevocationPublication(broker.Store, broker.Publisher, broker.Journal, run.Clock);
            run.Start("publish", () => publication.PublishAsync(default));
            run.Start("revoke and give up", async () =>
            {
                PublishedVersion version = await broker.Revocations.RaiseAsync(default);
                await publication.GiveUpAsync(version, default);
                givenUp.Add(version.Number);
                await publication.GiveUpAsync(version, default);
            });
        }

        await run.PlayAsync();
        await using var late = new InterleavedBroker(run, store, "late");
        PublicationFailure? failure = await new RevocationPublication(late.Store, late.Publisher, late.Journal, run.Clock).FindFailureAsync(default);
        Assert.True(failure is not null || givenUp.TrueForAll(version => version <= signer.Newest), $"versions {string.Join(", ", givenUp)} were given up, {signer.Newest} is out, and nobody is told");
        Assert.True(failure is null || failure.Count <= 2, $"{failure?.Count} of two versions were given up");
        foreach (InterleavedBroker broker in brokers) await broker.DisposeAsync();
    }

    private static NotificationCenter CenterOf(Interleaving run, InterleavedBroker broker, INotificationSender sender)
    {
        Assert.True(JournalSelection.TryCreate(["host.*"], ResourcePath.Root, out JournalSelection? selection, out _));
        return new NotificationCenter(
            [new NotificationSubscription("chat", selection, NotificationFormat.Standard)],
            sender, broker.Store, new RememberedMessages(), new JournalFollower(broker.Store, run.Clock), broker.Reader, broker.Journal, run.Clock);
    }

    /// <summary>A receiver that takes its time, and mostly refuses.</summary>
    private sealed class UnsureSender(Interleaving run) : INotificationSender
    {
        public int SentCount { get; private set; }

        public async Task<Result<Done>> SendAsync(NotificationSubscription subscription, WebhookStamp stamp, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
        {
            bool isTaken = run.Random.Next(6) == 0;
            await run.TurnAsync("post");
            if (!isTaken) return new Refusal.Unavailable("chat.example.com answered 500", TimeSpan.Zero);
            SentCount++;
            return Done.Instance;
        }
    }

    /// <summary>Notes the newest list that was signed.</summary>
    private sealed class NotingSigner : IStatementSigner
    {
        private readonly InMemoryStatementSigner _signer = new(Key);

        public long Newest { get; private set; }

        public SshPublicKey PublicKey => _signer.PublicKey;

        public ValueTask<string> SignAsync(string statementNamespace, ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
        {
            Newest = Math.Max(Newest, (long)RevocationList.Parse(message.Span).Version);
            return _signer.SignAsync(statementNamespace, message, cancellationToken);
        }
    }
}
