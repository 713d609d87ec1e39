using System.Globalization;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Ports;
using SshFunctions.Core.Revocations;

namespace SshFunctions.Core.Tests.Revocations;

public sealed class RevocationRegistryTests
{
    private const int Patience = 60_000;

    [Fact(Timeout = Patience)]
    public async Task The_version_grows_by_one_with_each_change_and_not_without()
    {
        await using var broker = new Broker();
        Assert.Equal(0, await broker.Revocations.ReadVersionAsync(default));
        Assert.Equal(1, await RevokeAsync(broker, SubjectOf(broker, "alice")));
        Assert.Equal(1, await RevokeAsync(broker, SubjectOf(broker, "alice")));
        Assert.Equal(2, await RevokeAsync(broker, SubjectOf(broker, "alice"), SubjectOf(broker, "bob"), SubjectOf(broker, "bob")));
        Assert.Equal(3, Broker.Must(await broker.Revocations.LiftAsync(Broker.Admin, "subject:alice", default)).Number);
        Broker.Refused<Refusal.NotFound>((await broker.Revocations.LiftAsync(Broker.Admin, "subject:alice", default)).Refusal);
        Assert.Equal(3, await broker.Revocations.ReadVersionAsync(default));
        Assert.Equal(["subject:bob"], await IdsAsync(broker));
    }

    [Fact(Timeout = Patience)]
    public async Task What_is_in_force_stays_as_it_was_first()
    {
        await using var broker = new Broker();
        await RevokeAsync(broker, SubjectOf(broker, "alice") with { Reason = "first" });
        broker.Clock.Advance(TimeSpan.FromHours(1));
        await RevokeAsync(broker, SubjectOf(broker, "alice") with { Reason = "second" });
        Assert.Equal("first", (await broker.Revocations.FindSubjectAsync(Broker.Alice.Subject, default))!.Reason);
    }

    [Theory(Timeout = Patience)]
    [InlineData("")]
    [InlineData("subject:")]
    [InlineData("subject:alicex")]
    [InlineData("alice")]
    [InlineData("key:alice")]
    [InlineData("serial:\u0661")]
    [InlineData("serial:00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000001")]
    [InlineData("::::")]
    public async Task Lifting_what_is_not_in_force_finds_nothing_and_writes_nothing(string id)
    {
        await using var broker = new Broker();
        await RevokeAsync(broker, SubjectOf(broker, "alice"));
        int commits = broker.Store.CommitCount;
        Broker.Refused<Refusal.NotFound>((await broker.Revocations.LiftAsync(Broker.Admin, id, default)).Refusal);
        Assert.Equal(commits, broker.Store.CommitCount);
    }

    [Fact(Timeout = Patience)]
    public async Task Revocations_at_once_on_several_instances_all_land_with_a_version_each()
    {
        await using var first = new Broker();
        await using var second = new Broker(first.Store, first.Clock, "two");
        long[] versions = await Task.WhenAll(Enumerable.Range(0, 60).Select(number => Task.Run(() =>
            RevokeAsync(number % 2 == 0 ? first : second, SubjectOf(first, $"s{number}")))));
        Assert.Equal(Enumerable.Range(1, 60).Select(number => (long)number), versions.Order());
        Assert.Equal(60, (await IdsAsync(first)).Count);
    }

    [Fact(Timeout = Patience)]
    public async Task Very_many_revocations_are_told_in_entries_that_the_store_can_hold()
    {
        await using var broker = new Broker();
        Revocation[] many = [.. Enumerable.Range(1, 1000).Select(number => SerialOf(broker, number, TimeSpan.FromHours(1)))];
        long version = await RevokeAsync(broker, many);
        Assert.Equal(version, await broker.Revocations.ReadVersionAsync(default));
        Assert.Equal(1000, (await IdsAsync(broker)).Count);
        IReadOnlyList<JournalEvent.AccessRevoked> told = await broker.EventsAsync<JournalEvent.AccessRevoked>();
        Assert.Equal(many.Select(each => each.Id), told.SelectMany(each => each.Revocations));
        Assert.All(told, each => Assert.InRange(each.Revocations.Length, 1, 100));
    }

    [Fact(Timeout = Patience)]
    public async Task Expired_serials_leave_with_the_next_change_and_nothing_else_does()
    {
        await using var broker = new Broker();
        await RevokeAsync(broker, SerialOf(broker, 70_000, TimeSpan.FromMinutes(5)), SerialOf(broker, 70_001, TimeSpan.FromMinutes(10)), SubjectOf(broker, "bob"));
        // A host whose clock is a minute behind still takes the certificate.
        broker.Clock.Advance(TimeSpan.FromMinutes(6) - TimeSpan.FromTicks(1));
        Assert.Equal(2, await RevokeAsync(broker, SubjectOf(broker, "carol")));
        Assert.Equal(["serial:70000", "serial:70001", "subject:bob", "subject:carol"], await IdsAsync(broker));
        broker.Clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(3, await RevokeAsync(broker, SubjectOf(broker, "dave")));
        Assert.Equal(["serial:70001", "subject:bob", "subject:carol", "subject:dave"], await IdsAsync(broker));
    }

    [Fact(Timeout = Patience)]
    public async Task A_serial_whose_revocation_has_expired_can_be_revoked_in_the_change_that_prunes_it()
    {
        await using var broker = new Broker();
        await RevokeAsync(broker, SerialOf(broker, 70_000, TimeSpan.FromMinutes(5)));
        broker.Clock.Advance(TimeSpan.FromMinutes(6));
        await RevokeAsync(broker, SerialOf(broker, 70_000, TimeSpan.FromMinutes(5)), SubjectOf(broker, "bob"));
        Assert.Contains("subject:bob", await IdsAsync(broker));
    }

    [Fact(Timeout = Patience)]
    public async Task Pruning_takes_out_every_expired_serial_wherever_it_stands_and_makes_versions_only_when_there_is_one()
    {
        await using var broker = new Broker();
        Revocation[] day = [.. Enumerable.Range(0, 40).Select(number => SerialOf(broker, 70_000 + number, TimeSpan.FromHours(24)))];
        Revocation[] brief = [.. Enumerable.Range(0, 150).Select(number => SerialOf(broker, 80_000 + number, TimeSpan.FromMinutes(5)))];
        long before = await RevokeAsync(broker, [.. day, .. brief, SubjectOf(broker, "bob")]);
        broker.Clock.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal(150, await broker.Revocations.PruneAsync(default));
        Assert.Equal(41, (await IdsAsync(broker)).Count);
        long after = await broker.Revocations.ReadVersionAsync(default);
        Assert.Equal(before + 2, after);
        Assert.Equal(0, await broker.Revocations.PruneAsync(default));
        Assert.Equal(after, await broker.Revocations.ReadVersionAsync(default));
    }

    [Fact(Timeout = Patience)]
    public async Task A_nudge_that_can_not_be_sent_leaves_the_revocation_in_force()
    {
        await using var broker = new Broker();
        var queue = new LostQueue();
        var registry = new RevocationRegistry(broker.Store, broker.Journal, broker.Clock, new RevocationSignal(), queue);
        Broker.Must(await registry.RevokeAsync(Broker.Admin, [SubjectOf(broker, "bob")], "lost", default));
        Assert.NotNull(await registry.FindSubjectAsync(Core.Callers.Subject.Parse("bob"), default));
        Assert.Equal("revocations {\"number\":1}", queue.LastSent);
    }

    private sealed class LostQueue : IMessageQueue
    {
        public string? LastSent { get; private set; }

        public ValueTask SendAsync(string queue, ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
        {
            LastSent = $"{queue} {System.Text.Encoding.UTF8.GetString(message.Span)}";
            throw new StoreUnavailableException("told to be away");
        }
    }

    [Fact(Timeout = Patience)]
    public async Task A_list_continues_after_one()
    {
        await using var broker = new Broker();
        await RevokeAsync(broker, SerialOf(broker, 9, TimeSpan.FromHours(1)), SerialOf(broker, 10, TimeSpan.FromHours(1)), SubjectOf(broker, "a/b"));
        Assert.Equal(["serial:9", "serial:10", "subject:a/b"], await IdsAsync(broker));
        Assert.Equal(["serial:10", "subject:a/b"], await IdsAsync(broker, "serial:9"));
        Assert.Empty(await IdsAsync(broker, "subject:a/b"));
    }

    [Fact(Timeout = Patience)]
    public async Task A_reason_is_wanted_and_a_store_that_dies_leaves_the_version()
    {
        await using var broker = new Broker();
        Broker.Refused<Refusal.Invalid>((await broker.Revocations.RevokeAsync(Broker.Admin, [SubjectOf(broker, "a")], " ", default)).Refusal);
        await RevokeAsync(broker, SubjectOf(broker, "alice"));
        Support.Store.HeldCommit journaled = broker.Store.HoldNextCommit();
        broker.Store.FailNextCommit();
        Task<long> revoke = RevokeAsync(broker, SubjectOf(broker, "bob"));
        await journaled.Reached;
        journaled.Release();
        await Assert.ThrowsAsync<StoreUnavailableException>(() => revoke);
        Assert.Equal(1, await broker.Revocations.ReadVersionAsync(default));
        Assert.Equal(["subject:alice"], await IdsAsync(broker));
    }

    private static Revocation SubjectOf(Broker broker, string subject) =>
        new(RevocationKind.Subject, subject, "why", Broker.Admin.Subject, broker.Now, null);

    private static Revocation SerialOf(Broker broker, int serial, TimeSpan left) => new(
        RevocationKind.Serial, serial.ToString(CultureInfo.InvariantCulture), "why", Broker.Admin.Subject, broker.Now, broker.Now + left);

    private static async Task<long> RevokeAsync(Broker broker, params Revocation[] revocations) =>
        Broker.Must(await broker.Revocations.RevokeAsync(Broker.Admin, revocations, "why", default)).Number;

    private static async Task<List<string>> IdsAsync(Broker broker, string? after = null) =>
        await broker.Revocations.ListAsync(after, default).Select(each => each.Id).ToListAsync();
}
