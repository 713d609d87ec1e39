using SshFunctions.Core.Journal;
using SshFunctions.Core.Ports;
using SshFunctions.Core.Revocations;

namespace SshFunctions.Core.Tests.Revocations;

public sealed class RevocationPublicationTests
{
    private const int Patience = 60_000;

    [Fact(Timeout = Patience)]
    public async Task A_version_that_was_given_up_counts_once_and_is_recorded_once_until_the_list_gets_out()
    {
        await using var broker = new Broker();
        RevocationPublication publication = PublicationOf(broker);
        Assert.Null(await publication.FindFailureAsync(default));
        long first = (await broker.Revocations.RaiseAsync(default)).Number;
        broker.Statements.IsAway = true;
        await Assert.ThrowsAsync<SignerUnavailableException>(() => publication.PublishAsync(default));
        Assert.Null(await publication.FindFailureAsync(default));

        DateTimeOffset since = broker.Clock.GetUtcNow();
        for (int told = 0; told < 3; told++) await publication.GiveUpAsync(new PublishedVersion(first), default);
        broker.Clock.Advance(TimeSpan.FromMinutes(1));
        await publication.GiveUpAsync(new PublishedVersion(first + 1), default);
        await publication.GiveUpAsync(new PublishedVersion(first), default);

        Assert.Equal(
            new PublicationFailure(since, broker.Clock.GetUtcNow(), 2, "told to be away"), await publication.FindFailureAsync(default));
        JournalEvent.RevocationListGivenUp recorded = Assert.Single(await RecordedAsync(broker));
        Assert.Equal((first, "told to be away"), (recorded.Version, recorded.Reason));

        await broker.Revocations.RaiseAsync(default);
        broker.Statements.IsAway = false;
        await publication.PublishAsync(default);
        Assert.Null(await publication.FindFailureAsync(default));
        await publication.GiveUpAsync(new PublishedVersion(first), default);
        Assert.Null(await publication.FindFailureAsync(default));
        Assert.Single(await RecordedAsync(broker));
    }

    [Fact(Timeout = Patience)]
    public async Task A_second_outage_is_recorded_again_with_no_reason_but_the_log_when_none_was_met()
    {
        await using var broker = new Broker();
        RevocationPublication publication = PublicationOf(broker);
        await publication.GiveUpAsync(new PublishedVersion(1), default);
        await broker.Revocations.RaiseAsync(default);
        await publication.PublishAsync(default);
        await publication.GiveUpAsync(new PublishedVersion(2), default);

        Assert.Equal(2, (await RecordedAsync(broker)).Count);
        Assert.Contains("log has the reason", (await publication.FindFailureAsync(default))!.Reason, StringComparison.Ordinal);
    }

    [Fact(Timeout = Patience)]
    public async Task A_list_that_gets_out_writes_nothing()
    {
        await using var broker = new Broker();
        RevocationPublication publication = PublicationOf(broker);
        await publication.PublishAsync(default);
        Assert.Null(await broker.Store.GetAsync(new DocumentKey("revocations", "publication"), default));
    }

    [Fact(Timeout = Patience)]
    public async Task Sixteen_replays_at_once_count_once()
    {
        await using var broker = new Broker();
        RevocationPublication publication = PublicationOf(broker);
        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => publication.GiveUpAsync(new PublishedVersion(7), default))));
        Assert.Equal(1, (await publication.FindFailureAsync(default))!.Count);
    }

    [Fact(Timeout = Patience)]
    public async Task A_publication_that_took_long_does_not_hide_that_a_later_version_was_given_up()
    {
        await using var broker = new Broker();
        RevocationPublication publication = PublicationOf(broker);
        long first = (await broker.Revocations.RaiseAsync(default)).Number;
        await publication.GiveUpAsync(new PublishedVersion(first), default);
        await publication.GiveUpAsync(new PublishedVersion(first + 1), default);

        await publication.PublishAsync(default);
        Assert.Equal(1, (await publication.FindFailureAsync(default))!.Count);
        await publication.GiveUpAsync(new PublishedVersion(first), default);
        Assert.Equal(1, (await publication.FindFailureAsync(default))!.Count);

        await broker.Revocations.RaiseAsync(default);
        await publication.PublishAsync(default);
        Assert.Null(await publication.FindFailureAsync(default));
    }

    private static RevocationPublication PublicationOf(Broker broker) =>
        new(broker.Store, broker.Publisher, broker.Journal, broker.Clock);

    private static async Task<List<JournalEvent.RevocationListGivenUp>> RecordedAsync(Broker broker) =>
        await broker.Reader.ReadSinceAsync(DateTimeOffset.MinValue, new JournalSieve(), default)
            .Select(entry => entry.Event)
            .OfType<JournalEvent.RevocationListGivenUp>()
            .ToListAsync();
}
