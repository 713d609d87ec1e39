using SshFunctions.Core.Callers;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Ports;
using SshFunctions.Core.Resources;
using SshFunctions.Support.Store;

namespace SshFunctions.Core.Tests.Journal;

public sealed class JournalReaderTests
{
    private static readonly Caller Bob = new(CallerKind.Person, Subject.Parse("bob"), []);

    [Theory(Timeout = 60_000)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(499)]
    [InlineData(500)]
    [InlineData(10_000)]
    public async Task Reads_back_every_entry_once_over_the_borders_of_segments(int limit)
    {
        await using Broker broker = await WriteAsync([600, 1, 3]);
        ulong[] expected = [.. (await broker.EntriesAsync()).Select(entry => entry.Position.Serial).Reverse()];
        Assert.Equal(expected, await SerialsAsync(broker, new JournalFilter(), limit));
    }

    [Fact(Timeout = 60_000)]
    public async Task Reads_back_what_fits_the_filter_only()
    {
        await using Broker broker = await WriteAsync([40, 2]);
        await broker.Journal.AppendAsync(Bob, new JournalEvent.PathRemoved(ResourcePath.Parse("acme/production/web")), default);
        await broker.Journal.AppendAsync(Bob, new JournalEvent.PathRemoved(ResourcePath.Parse("acme-x/production/web")), default);
        Assert.Equal(2, (await SerialsAsync(broker, new JournalFilter(Subject: Bob.Subject), 1)).Length);
        Assert.Equal(42, (await SerialsAsync(broker, new JournalFilter(Kind: "private-key.received"), 5)).Length);
        Assert.Single(await SerialsAsync(broker, new JournalFilter(About: ResourcePath.Parse("acme")), 5));
        Assert.Empty(await SerialsAsync(broker, new JournalFilter(Bob.Subject, "private-key.received"), 5));
    }

    [Fact(Timeout = 60_000)]
    public async Task An_empty_journal_has_no_entry_and_no_end_of_it_is_missed()
    {
        await using var broker = new Broker();
        JournalPage page = await broker.Reader.ReadBackAsync(new JournalFilter(), null, 10, default);
        Assert.Empty(page.Entries);
        Assert.Null(page.Next);
        Assert.Null(await broker.Reader.FindAsync(new JournalPosition(1, 1), default));
        Assert.Equal(0, await broker.Reader.NewestSegmentAsync(default));
    }

    [Fact(Timeout = 60_000)]
    public async Task Finds_an_entry_by_its_serial_and_starts_beyond_the_end_at_the_end()
    {
        await using Broker broker = await WriteAsync([3]);
        JournalEntry? entry = await broker.Reader.FindAsync(new JournalPosition(1, 4), default);
        Assert.Equal(new JournalEvent.PrivateKeyReceived("SHA256:2"), entry!.Event);
        Assert.Null(await broker.Reader.FindAsync(new JournalPosition(1, 6), default));
        JournalPage page = await broker.Reader.ReadBackAsync(new JournalFilter(), new JournalPosition(1, 60_000), 100, default);
        Assert.Equal(5, page.Entries[0].Position.Index);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_position_beyond_the_newest_segment_does_not_walk_down_through_all_that_never_were()
    {
        await using Broker broker = await WriteAsync([3]);
        Assert.True(JournalPosition.TryFromSerial(long.MaxValue, out JournalPosition beyond));
        JournalPage page = await broker.Reader.ReadBackAsync(new JournalFilter(), beyond, 100, default);
        Assert.Equal(5, page.Entries.Count);
        Assert.Null(page.Next);
    }

    [Fact(Timeout = 60_000)]
    public async Task Segments_without_an_entry_count_towards_the_limit_of_one_page()
    {
        await using Broker broker = await WriteAsync([3]);
        // As if 1,500 instances had each leased a segment and died before their first entry.
        var counter = new DocumentKey("segments", "next");
        StoredDocument stored = (await broker.Store.GetAsync(counter, default))!;
        await broker.Store.CommitAsync(
            counter.Partition,
            [
                new DocumentChange.Replace(counter.Row, "{\"next\":1502}"u8.ToArray(), stored.Version),
                new DocumentChange.Insert("s:000000000001501", "{\"segment\":1501,\"instance\":\"x\",\"opened\":\"2030-01-01T00:00:00+00:00\"}"u8.ToArray()),
            ],
            default);

        JournalPage first = await broker.Reader.ReadBackAsync(new JournalFilter(), null, 100, default);
        Assert.Empty(first.Entries);
        Assert.NotNull(first.Next);
        Assert.Equal(5, (await SerialsAsync(broker, new JournalFilter(), 100)).Length);
    }

    private static async Task<ulong[]> SerialsAsync(Broker broker, JournalFilter filter, int limit)
    {
        var serials = new List<ulong>();
        JournalPosition? from = null;
        do
        {
            JournalPage page = await broker.Reader.ReadBackAsync(filter, from, limit, default);
            Assert.True(page.Entries.Count <= limit);
            serials.AddRange(page.Entries.Select(entry => entry.Position.Serial));
            from = page.Next;
        }
        while (from is not null);
        return [.. serials];
    }

    /// <summary>One closed segment after the other; the last broker, whose own segment is not open yet.</summary>
    private static async Task<Broker> WriteAsync(int[] counts)
    {
        var store = new InMemoryStore();
        foreach (int count in counts)
        {
            await using var writer = new Broker(store, instance: $"{count}");
            await Task.WhenAll(Enumerable.Range(0, count).Select(number =>
                writer.Journal.AppendAsync(Broker.Alice, new JournalEvent.PrivateKeyReceived($"SHA256:{number}"), default)));
        }

        return new Broker(store, instance: "last");
    }
}
