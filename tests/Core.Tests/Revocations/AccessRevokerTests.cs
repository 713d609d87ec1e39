using System.Globalization;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Certificates;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Keys;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Ports;
using SshFunctions.Core.Resources;
using SshFunctions.Core.Revocations;
using SshFunctions.Support.Store;
using SshFunctions.Support.Time;

namespace SshFunctions.Core.Tests.Revocations;

public sealed class AccessRevokerTests
{
    private const int Patience = 120_000;

    [Fact(Timeout = Patience)]
    public async Task A_serial_is_revoked_until_its_certificate_ends_and_other_numbers_are_not_found()
    {
        await using var broker = new Broker();
        IssuedCertificate issued = Broker.Must(await broker.IssueAsync(await broker.MakeWebAsync()));
        ulong serial = issued.Certificate.Content.Serial;
        RevokedAccess revoked = Broker.Must(await broker.Revoker.RevokeSerialAsync(Broker.Admin, serial, "why", default));
        Assert.Equal(issued.Certificate.Content.ValidBefore, Assert.Single(revoked.Revocations).Expires);
        foreach (ulong other in (ulong[])[0, 1, serial - 1, serial + 1, ulong.MaxValue])
            Broker.Refused<Refusal.NotFound>((await broker.Revoker.RevokeSerialAsync(Broker.Admin, other, "why", default)).Refusal);
    }

    [Fact(Timeout = Patience)]
    public async Task A_grant_takes_its_live_certificates_along_and_no_others()
    {
        await using var broker = new Broker();
        Resource web = await broker.MakeWebAsync();
        Broker.Must(await broker.Grants.PutAsync(Broker.Admin, Broker.GrantOf("g2", holder: "subject=bob"), default));
        Broker.Must(await broker.IssueAsync(web, lifetime: TimeSpan.FromMinutes(1)));
        broker.Clock.Advance(TimeSpan.FromMinutes(1));
        ulong live = Broker.Must(await broker.IssueAsync(web)).Certificate.Content.Serial;
        Broker.Must(await broker.IssueAsync(web, new Caller(CallerKind.Person, Subject.Parse("bob"), [])));
        RevokedAccess revoked = Broker.Must(await broker.Revoker.RevokeGrantAsync(Broker.Admin, Broker.GrantOf("g1"), "over", default));
        Assert.Equal(live.ToString(CultureInfo.InvariantCulture), Assert.Single(revoked.Revocations).Target);
        Assert.Equal(2, revoked.ListVersion);
        Assert.Null(await broker.Grants.FindAsync(GrantId.Parse("g1"), default));
        Broker.Refused<Refusal.Denied>((await broker.IssueAsync(web)).Refusal);
    }

    [Fact(Timeout = Patience)]
    public async Task A_grant_without_a_live_certificate_just_goes_and_hosts_that_wait_are_told()
    {
        await using var broker = new Broker();
        await broker.MakeWebAsync();
        using var watch = new RevocationWatch(broker.Revocations, broker.Signal, broker.Clock);
        Task<bool> waiting = watch.WaitAsync(0, TimeSpan.FromSeconds(50), default);
        RevokedAccess revoked = Broker.Must(await broker.Revoker.RevokeGrantAsync(Broker.Admin, Broker.GrantOf("g1"), "over", default));
        Assert.Empty(revoked.Revocations);
        Assert.Equal(1, revoked.ListVersion);
        Assert.True(await waiting);
        Assert.Equal(1, await broker.Revocations.ReadVersionAsync(default));
        Broker.Refused<Refusal.Conflict>((await broker.Revoker.RevokeGrantAsync(Broker.Admin, Broker.GrantOf("g1"), "over", default)).Refusal);
    }

    [Fact(Timeout = Patience)]
    public async Task Removing_a_grant_or_a_registered_key_raises_the_version_and_a_lifted_revocation_does_once()
    {
        await using var broker = new Broker();
        await broker.MakeWebAsync();
        RegisteredKey key = Broker.Must(await broker.Keys.RegisterAsync(
            Broker.Alice, Holder.Of(Broker.Alice.Subject), "laptop", broker.ClientKey, null, default));
        Broker.Must(await broker.Revoker.RemoveGrantAsync(Broker.Admin, Broker.GrantOf("g1"), default));
        Assert.Equal(1, await broker.Revocations.ReadVersionAsync(default));
        Broker.Refused<Refusal.Conflict>((await broker.Revoker.RemoveGrantAsync(Broker.Admin, Broker.GrantOf("g1"), default)).Refusal);
        Assert.Equal(1, await broker.Revocations.ReadVersionAsync(default));
        Broker.Must(await broker.Keys.RemoveAsync(Broker.Alice, key, default));
        Assert.Equal(2, await broker.Revocations.ReadVersionAsync(default));
        Broker.Must(await broker.Revoker.RevokeKeyAsync(Broker.Admin, broker.ClientKey.Fingerprint, "why", default));
        Broker.Must(await broker.Revocations.LiftAsync(Broker.Admin, $"key:{broker.ClientKey.Fingerprint}", default));
        Assert.Equal(4, await broker.Revocations.ReadVersionAsync(default));
    }

    [Fact(Timeout = Patience)]
    public async Task A_certificate_of_an_older_segment_is_found_behind_a_newer_segment_that_has_long_been_idle()
    {
        var store = new InMemoryStore();
        var clock = new ManualClock();
        await using var busy = new Broker(store, clock, "busy");
        Resource web = await busy.MakeWebAsync();
        await using var idle = new Broker(store, clock, "idle");
        await idle.Journal.AppendAsync(Broker.Alice, new JournalEvent.PrivateKeyReceived(null), default);
        clock.Advance(TimeSpan.FromDays(1));
        ulong serial = Broker.Must(await busy.IssueAsync(web)).Certificate.Content.Serial;
        RevokedAccess revoked = Broker.Must(await busy.Revoker.RevokeGrantAsync(Broker.Admin, Broker.GrantOf("g1"), "over", default));
        Assert.Equal(serial.ToString(CultureInfo.InvariantCulture), Assert.Single(revoked.Revocations).Target);
    }

    [Fact(Timeout = Patience)]
    public async Task A_certificate_of_a_closed_segment_and_behind_a_thousand_entries_is_found()
    {
        var store = new InMemoryStore();
        var clock = new ManualClock();
        var first = new Broker(store, clock, "first");
        Resource web = await first.MakeWebAsync();
        Broker.Must(await first.IssueAsync(web));
        await Task.WhenAll(Enumerable.Range(0, 1200).Select(_ =>
            first.Journal.AppendAsync(Broker.Alice, new JournalEvent.PrivateKeyReceived(null), default)));
        await first.DisposeAsync();
        await using var second = new Broker(store, clock, "second");
        Broker.Must(await second.IssueAsync(web));
        RevokedAccess revoked = Broker.Must(await second.Revoker.RevokeGrantAsync(Broker.Admin, Broker.GrantOf("g1"), "over", default));
        Assert.Equal(2, revoked.Revocations.Count);
    }

    [Fact(Timeout = Patience)]
    public async Task A_revocation_of_a_grant_that_the_store_interrupts_can_be_repeated()
    {
        await using var broker = new Broker();
        Resource web = await broker.MakeWebAsync();
        Broker.Must(await broker.IssueAsync(web));
        // The entry of the revocation comes first, then the revocation itself, which fails.
        HeldCommit journaled = broker.Store.HoldNextCommit();
        broker.Store.FailNextCommit();
        Task<Result<RevokedAccess>> revoke = broker.Revoker.RevokeGrantAsync(Broker.Admin, Broker.GrantOf("g1"), "over", default);
        await journaled.Reached;
        journaled.Release();
        await Assert.ThrowsAsync<StoreUnavailableException>(() => revoke);
        Grant? grant = await broker.Grants.FindAsync(GrantId.Parse("g1"), default);
        Assert.Single(Broker.Must(await broker.Revoker.RevokeGrantAsync(Broker.Admin, grant!, "over", default)).Revocations);
    }

    [Fact(Timeout = Patience)]
    public async Task A_client_that_goes_away_does_not_stop_the_revocation_of_a_grant_half_way()
    {
        await using var broker = new Broker();
        Resource web = await broker.MakeWebAsync();
        ulong serial = Broker.Must(await broker.IssueAsync(web)).Certificate.Content.Serial;
        using var client = new CancellationTokenSource();
        HeldCommit first = broker.Store.HoldNextCommit();
        Task<Result<RevokedAccess>> revoke = broker.Revoker.RevokeGrantAsync(Broker.Admin, Broker.GrantOf("g1"), "over", client.Token);
        await first.Reached;
        await client.CancelAsync();
        first.Release();

        Assert.Single(Broker.Must(await revoke).Revocations);
        Assert.Null(await broker.Grants.FindAsync(GrantId.Parse("g1"), default));
        Assert.NotNull(await broker.Revocations.FindSerialAsync(serial, default));
    }

    [Theory(Timeout = Patience)]
    [InlineData(PlannedFault.DieBefore)]
    [InlineData(PlannedFault.DieAfter)]
    public async Task A_certificate_that_was_minted_while_its_grant_went_is_revoked_also_when_the_broker_died_right_after(PlannedFault fault)
    {
        await using var first = new Broker();
        ulong serial = await MintWhileItGoesAsync(first, first.Revoker.RevokeGrantAsync, fault);

        await using var next = new Broker(first.Store.Copy(), first.Clock, "two", first);
        Assert.Null(await next.Grants.FindAsync(GrantId.Parse("g1"), default));
        Assert.Equal(0, await next.Revoker.FinishRemovalsAsync(default));
        next.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, await next.Revoker.FinishRemovalsAsync(default));
        Assert.NotNull(await next.Revocations.FindSerialAsync(serial, default));
        Assert.Equal(0, await next.Revoker.FinishRemovalsAsync(default));
    }

    [Fact(Timeout = Patience)]
    public async Task Hosts_look_at_their_sessions_once_a_grant_is_gone_also_when_the_broker_died_right_after()
    {
        await using var first = new Broker();
        ulong serial = await MintWhileItGoesAsync(
            first, async (caller, grant, _, cancellationToken) => (await first.Revoker.RemoveGrantAsync(caller, grant, cancellationToken)).Refusal!, PlannedFault.DieBefore);

        await using var next = new Broker(first.Store.Copy(), first.Clock, "two", first);
        Assert.Equal(0, await next.Revocations.ReadVersionAsync(default));
        next.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, await next.Revoker.FinishRemovalsAsync(default));
        Assert.Equal(1, await next.Revocations.ReadVersionAsync(default));
        Assert.Null(await next.Revocations.FindSerialAsync(serial, default));
    }

    [Fact(Timeout = Patience)]
    public async Task Hosts_look_at_their_sessions_also_when_every_certificate_was_revoked_before_the_grant_went()
    {
        await using var first = new Broker();
        Broker.Must(await first.IssueAsync(await first.MakeWebAsync()));
        // Journal and revocation of the certificate, journal and removal of the grant; then it dies.
        first.Store.PlanFault(5, PlannedFault.DieBefore);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => first.Revoker.RevokeGrantAsync(Broker.Admin, Broker.GrantOf("g1"), "over", default));

        await using var next = new Broker(first.Store.Copy(), first.Clock, "two", first);
        Assert.Null(await next.Grants.FindAsync(GrantId.Parse("g1"), default));
        Assert.Equal(1, await next.Revocations.ReadVersionAsync(default));
        next.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, await next.Revoker.FinishRemovalsAsync(default));
        Assert.Equal(2, await next.Revocations.ReadVersionAsync(default));
    }

    [Fact(Timeout = Patience)]
    public async Task A_grant_of_the_same_name_waits_until_what_the_one_before_gave_is_taken_back()
    {
        await using var first = new Broker();
        await MintWhileItGoesAsync(first, first.Revoker.RevokeGrantAsync, PlannedFault.DieBefore);

        await using var next = new Broker(first.Store.Copy(), first.Clock, "two", first);
        Broker.Refused<Refusal.Conflict>((await next.Grants.PutAsync(Broker.Admin, Broker.GrantOf("g1"), default)).Refusal);
        Broker.Must(await next.Grants.PutAsync(Broker.Admin, Broker.GrantOf("g11"), default));
        next.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, await next.Revoker.FinishRemovalsAsync(default));
        Broker.Must(await next.Grants.PutAsync(Broker.Admin, Broker.GrantOf("g1"), default));
        ulong later = Broker.Must(await next.IssueAsync((await next.Tree.FindResourceAsync(Broker.Web, default))!)).Certificate.Content.Serial;
        Assert.Equal(0, await next.Revoker.FinishRemovalsAsync(default));
        Assert.Null(await next.Revocations.FindSerialAsync(later, default));
    }

    [Fact(Timeout = Patience)]
    public async Task Certificates_of_a_grant_are_found_among_thousands_of_others_entries()
    {
        await using var broker = new Broker();
        Resource web = await broker.MakeWebAsync();
        Broker.Must(await broker.Grants.PutAsync(Broker.Admin, Broker.GrantOf("g2", holder: "subject=bob"), default));
        var bob = new Caller(CallerKind.Person, Subject.Parse("bob"), []);
        var mine = new HashSet<string>();
        for (int number = 0; number < 1_300; number++)
        {
            ulong serial = Broker.Must(await broker.IssueAsync(web, number % 130 == 7 ? bob : null)).Certificate.Content.Serial;
            if (number % 130 == 7) mine.Add(serial.ToString(CultureInfo.InvariantCulture));
        }

        RevokedAccess revoked = Broker.Must(await broker.Revoker.RevokeGrantAsync(Broker.Admin, Broker.GrantOf("g2", holder: "subject=bob"), "over", default));

        Assert.Equal(10, mine.Count);
        Assert.Equal(mine, [.. revoked.Revocations.Select(each => each.Target)]);
    }

    [Theory(Timeout = Patience)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task No_certificate_that_was_released_under_a_grant_outlives_its_revocation(bool onTwoInstances)
    {
        for (int round = 0; round < 60; round++)
        {
            await using var broker = new Broker();
            Resource web = await broker.MakeWebAsync();
            await using var other = new Broker(broker.Store, broker.Clock, "two");
            Broker minting = onTwoInstances ? other : broker;
            Task<Result<IssuedCertificate>>[] mints = [.. Enumerable.Range(0, 8).Select(_ => Task.Run(() => minting.IssueAsync(web)))];
            Task<Result<RevokedAccess>> revoke = Task.Run(() => broker.Revoker.RevokeGrantAsync(Broker.Admin, Broker.GrantOf("g1"), "over", default));
            Result<IssuedCertificate>[] issued = await Task.WhenAll(mints);
            HashSet<string> revoked = [.. Broker.Must(await revoke).Revocations.Select(each => each.Target)];
            foreach (Result<IssuedCertificate> released in issued.Where(result => result.Succeeded))
                Assert.Contains(released.Value!.Certificate.Content.Serial.ToString(CultureInfo.InvariantCulture), revoked);
        }
    }

    /// <summary>Mints a certificate between the entry of a removal and the removal itself; the broker dies at the commit that follows both.</summary>
    private static async Task<ulong> MintWhileItGoesAsync(
        Broker broker, Func<Caller, Grant, string, CancellationToken, Task<Result<RevokedAccess>>> remove, PlannedFault fault)
    {
        Resource web = await broker.MakeWebAsync();
        HeldCommit entry = broker.Store.HoldNextCommit();
        HeldCommit removal = broker.Store.HoldNextCommit();
        Task<Result<RevokedAccess>> removing = remove(Broker.Admin, Broker.GrantOf("g1"), "over", default);
        await entry.Reached;
        entry.Release();
        await removal.Reached;
        ulong serial = Broker.Must(await broker.IssueAsync(web)).Certificate.Content.Serial;
        broker.Store.PlanFault(1, fault);
        removal.Release();
        await Assert.ThrowsAsync<StoreUnavailableException>(() => removing);
        return serial;
    }
}
