using System.Text;
using SshFunctions.Core.Access;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Ports;
using SshFunctions.Core.Resources;
using SshFunctions.Support.Store;
using SshFunctions.Support.Time;

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

    [Theory(Timeout = 60_000)]
    [InlineData("bob")]
    [InlineData("a+b=c|d:e/f@g_h-i.j")]
    public async Task Finds_every_entry_of_a_subject_among_many_whatever_it_is_spelled_with(string subject)
    {
        var rare = new Caller(CallerKind.Person, Subject.Parse(subject), []);
        await using Broker broker = await WriteAsync([5]);
        var expected = new List<ulong>();
        foreach (int others in (int[])[0, 1, 30, 700])
        {
            for (int number = 0; number < others; number++) await broker.Journal.AppendAsync(Caller.System, new JournalEvent.PrivateKeyReceived(null), default);
            expected.Insert(0, (await broker.Journal.AppendAsync(rare, new JournalEvent.PrivateKeyReceived(null), default)).Position.Serial);
        }

        Assert.Equal(expected, await SerialsAsync(broker, new JournalFilter(rare.Subject), 1));
        Assert.Equal(expected, await SerialsAsync(broker, new JournalFilter(rare.Subject) { Kinds = ["private-key.received"], Since = DateTimeOffset.UnixEpoch }, 100));
    }

    [Fact(Timeout = 240_000)]
    public async Task A_page_looks_at_no_more_entries_than_it_may_also_when_none_fits()
    {
        await using Broker broker = await WriteAsync([JournalReader.MaximumScanCount * 2]);
        JournalPage page = await broker.Reader.ReadBackAsync(new JournalFilter(Bob.Subject), null, 10, default);
        Assert.Empty(page.Entries);
        Assert.InRange(page.Next!.Open.Single().Index, JournalReader.MaximumScanCount - 500, JournalReader.MaximumScanCount + 500);
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
    public async Task Finds_an_entry_by_its_serial()
    {
        await using Broker broker = await WriteAsync([3]);
        JournalEntry? entry = await broker.Reader.FindAsync(new JournalPosition(1, 4), default);
        Assert.Equal(new JournalEvent.PrivateKeyReceived("SHA256:2"), entry!.Event);
        Assert.Null(await broker.Reader.FindAsync(new JournalPosition(1, 6), default));
    }

    [Fact(Timeout = 60_000)]
    public async Task Segments_without_an_entry_count_towards_the_limit_of_one_page()
    {
        await using Broker broker = await WriteAsync([3]);
        // As if 1,500 instances had each leased a segment and died before their first entry.
        for (int number = 2; number <= 1502; number += StoreLimits.MaximumChangeCount)
        {
            await broker.Store.CommitAsync(
                "segments",
                [.. Enumerable.Range(number, Math.Min(StoreLimits.MaximumChangeCount, 1503 - number)).Select(segment => new DocumentChange.Insert(
                    $"s:{segment:D15}", Encoding.UTF8.GetBytes($"{{\"segment\":{segment},\"instance\":\"x\",\"opened\":\"2030-01-01T00:00:00+00:00\",\"closed\":\"2040-01-01T00:00:00+00:00\",\"lastIndex\":1,\"head\":\"{JournalEntry.NoPrevious}\"}}")))],
                default);
        }

        JournalPage first = await broker.Reader.ReadBackAsync(new JournalFilter(), null, 100, default);
        Assert.Empty(first.Entries);
        Assert.NotNull(first.Next);
        Assert.Equal(5, (await SerialsAsync(broker, new JournalFilter(), 100)).Length);
    }

    [Theory(Timeout = 60_000)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1000)]
    public async Task Reads_several_brokers_beside_each_other_by_time_and_a_segment_by_index_also_where_a_clock_went_back(int limit)
    {
        var store = new InMemoryStore();
        var clock = new ManualClock();
        await using var one = new Broker(store, clock, "one");
        await using var two = new Broker(store, clock, "two");
        await using var three = new Broker(store, clock, "three");
        Broker[] brokers = [one, two, three];
        var random = new Random(5);
        for (int round = 0; round < 90; round++)
        {
            clock.Advance(TimeSpan.FromSeconds(round == 40 ? -30 : random.Next(3)));
            await brokers[random.Next(3)].Journal.AppendAsync(Broker.Alice, new JournalEvent.PrivateKeyReceived($"SHA256:{round}"), default);
        }

        ulong[] stored = [.. (await one.EntriesAsync()).Select(entry => entry.Position.Serial)];
        var read = new List<JournalEntry>();
        JournalCursor? from = null;
        do
        {
            JournalPage page = await one.Reader.ReadBackAsync(new JournalFilter(), from, limit, default);
            read.AddRange(page.Entries);
            Assert.True(page.Next is null || JournalCursor.TryParse(page.Next.ToString(), out from));
            if (page.Next is null) break;
            // What is added meanwhile, also in a new segment, moves nothing of what is left.
            await two.Journal.AppendAsync(Broker.Alice, new JournalEvent.PrivateKeyReceived("SHA256:later"), default);
        }
        while (from is not null);

        Assert.Equal(stored, read.Select(entry => entry.Position.Serial).Order());
        Assert.All(read.GroupBy(entry => entry.Position.Segment), segment => Assert.Equal(
            segment.Select(entry => entry.Position.Index).OrderDescending(), segment.Select(entry => entry.Position.Index)));
        JournalEntry[] late = [.. read.TakeWhile(entry => entry.Event is not JournalEvent.PrivateKeyReceived { Fingerprint: "SHA256:50" })];
        Assert.Equal(late.Select(entry => entry.Time).OrderDescending(), late.Select(entry => entry.Time));
        Assert.True(late.Select(entry => entry.Position.Segment).Distinct().Count() > 1);
    }

    [Fact(Timeout = 60_000)]
    public async Task Reads_a_span_of_time_one_request_and_several_kinds()
    {
        var clock = new ManualClock();
        await using var broker = new Broker(new InMemoryStore(), clock);
        var request = AccessRequestId.Create(clock.GetUtcNow());
        for (int hour = 0; hour < 10; hour++)
        {
            await broker.Journal.AppendAsync(Broker.Alice, new JournalEvent.GrantRemoved($"g{hour}", ResourcePath.Parse("acme")), default);
            clock.Advance(TimeSpan.FromHours(1));
        }

        await broker.Journal.AppendAsync(Broker.Alice, new JournalEvent.AccessRequestExpired(request, ResourcePath.Parse("acme"), Broker.Alice.Subject), default);
        DateTimeOffset end = clock.GetUtcNow();
        var span = new JournalFilter { Since = end.AddHours(-4), Until = end.AddHours(-1) };
        Assert.Equal(3, (await SerialsAsync(broker, span, 2)).Length);
        Assert.Single(await SerialsAsync(broker, new JournalFilter { Request = request }, 2));
        Assert.Empty(await SerialsAsync(broker, new JournalFilter { Request = AccessRequestId.Create(end) }, 2));
        Assert.Equal(11, (await SerialsAsync(broker, new JournalFilter { Kinds = ["grant.removed", "segment.opened"] }, 4)).Length);
    }

    private static async Task<ulong[]> SerialsAsync(Broker broker, JournalFilter filter, int limit)
    {
        var serials = new List<ulong>();
        JournalCursor? from = null;
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
