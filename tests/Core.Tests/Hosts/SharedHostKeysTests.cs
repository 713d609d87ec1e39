using System.Text;
using SshFunctions.Core.Hosts;
using SshFunctions.Core.Ports;
using SshFunctions.Core.Revocations;
using SshFunctions.Ssh.Keys;
using SshFunctions.Support.Store;

namespace SshFunctions.Core.Tests.Hosts;

public sealed class SharedHostKeysTests : IDisposable
{
    private const int Patience = 60_000;
    private readonly SshPrivateKey _own = SshPrivateKey.GenerateEcdsa(256);

    public void Dispose() => _own.Dispose();

    [Fact(Timeout = Patience)]
    public async Task Clones_that_are_revoked_at_one_moment_take_their_key_along()
    {
        await using var broker = new Broker();
        await broker.MakeWebAsync();
        AdmittedHost one = await broker.EnrollAsync();
        AdmittedHost two = await broker.EnrollAsync();
        // Its entry is about to be written, and it has seen the other.
        HeldCommit held = broker.Store.HoldNextCommit();
        Task<Result<RevokedAccess>> first = broker.HostRevoker.RevokeAsync(Broker.Admin, one.Host, "stolen", default);
        await held.Reached;
        await using (var other = new Broker(broker.Store, broker.Clock, "two"))
        {
            Broker.Must(await other.HostRevoker.RevokeAsync(Broker.Admin, two.Host, "stolen", default));
            held.Release();
            Broker.Must(await first);
        }

        Assert.NotNull(await broker.Revocations.FindHostKeyAsync(broker.ClientKey, default));
        Assert.Contains($"@revoked * {broker.ClientKey.ToText()} ", await TextAsync(broker), StringComparison.Ordinal);
    }

    [Theory(Timeout = Patience)]
    [InlineData(PlannedFault.DieBefore, true)]
    [InlineData(PlannedFault.DieAfter, true)]
    [InlineData(PlannedFault.Fail, true)]
    [InlineData(PlannedFault.LoseAnswer, true)]
    [InlineData(PlannedFault.DieBefore, false)]
    [InlineData(PlannedFault.DieAfter, false)]
    [InlineData(PlannedFault.Fail, false)]
    [InlineData(PlannedFault.LoseAnswer, false)]
    public async Task A_broker_that_is_stopped_at_any_commit_leaves_no_key_of_clones_unrevoked(PlannedFault fault, bool isFirst)
    {
        int tries = 0;
        while (await IsMetAsync(tries + 1, fault, isFirst)) tries++;
        Assert.True(tries >= 4, $"only {tries} commits");
    }

    [Fact(Timeout = Patience)]
    public async Task A_key_that_was_spared_is_revoked_under_a_new_version_once_its_last_host_is_removed()
    {
        await using var broker = new Broker();
        await broker.MakeWebAsync();
        AdmittedHost stolen = await broker.EnrollAsync("acme/production/web", broker.ClientKey, _own.PublicKey);
        AdmittedHost[] clones = [await broker.EnrollAsync(), await broker.EnrollAsync()];
        Broker.Must(await broker.HostRevoker.RevokeAsync(Broker.Admin, stolen.Host, "stolen", default));
        string spared = await TextAsync(broker);
        Assert.DoesNotContain(broker.ClientKey.ToText(), spared, StringComparison.Ordinal);

        Broker.Must(await broker.HostRemoval.RemoveAsync(Broker.Admin, clones[0].Host, default));
        Assert.Equal(spared, await TextAsync(broker));
        Broker.Must(await broker.HostRemoval.RemoveAsync(Broker.Admin, clones[1].Host, default));

        string revoked = await TextAsync(broker);
        Assert.Contains($"@revoked * {broker.ClientKey.ToText()} host:{stolen.Host.Id}\n", revoked, StringComparison.Ordinal);
        Assert.Contains($"@revoked * {_own.PublicKey.ToText()} host:{stolen.Host.Id}\n", revoked, StringComparison.Ordinal);
        Assert.NotEqual(spared.Split('\n')[0], revoked.Split('\n')[0]);
        Assert.Equal("stolen", (await broker.Revocations.FindHostKeyAsync(broker.ClientKey, default))?.Reason);
        Assert.Equal(0, await broker.SharedHostKeys.RevokeAbandonedAsync(null, default));
        Assert.Equal(revoked, await TextAsync(broker));
    }

    [Fact(Timeout = Patience)]
    public async Task What_was_lifted_before_its_last_host_went_stays_lifted()
    {
        await using var broker = new Broker();
        await broker.MakeWebAsync();
        AdmittedHost stolen = await broker.EnrollAsync();
        AdmittedHost clone = await broker.EnrollAsync();
        Broker.Must(await broker.HostRevoker.RevokeAsync(Broker.Admin, stolen.Host, "a mistake", default));
        Broker.Must(await broker.Revocations.LiftAsync(Broker.Admin, $"host:{stolen.Host.Id}", default));
        Broker.Must(await broker.HostRemoval.RemoveAsync(Broker.Admin, clone.Host, default));
        Assert.Null(await broker.Revocations.FindHostKeyAsync(broker.ClientKey, default));
        await broker.EnrollAsync();
    }

    [Fact(Timeout = Patience)]
    public async Task A_revocation_of_a_broker_that_noted_no_resource_counts_as_it_is()
    {
        await using var broker = new Broker();
        byte[] old = Encoding.UTF8.GetBytes(
            $$$"""
            {"kind":"host","target":"aaaaaaaaaaaaaaaa","reason":"stolen","by":"admin","created":"2026-01-02T03:04:05+00:00","host":{"keys":["{{{broker.ClientKey.ToText()}}}"],"certificates":[]}}
            """);
        Assert.IsType<CommitResult.Committed>(
            await broker.Store.CommitAsync("revocations", [new DocumentChange.Insert("r:host:aaaaaaaaaaaaaaaa", old)], default));
        Assert.Equal(0, await broker.SharedHostKeys.RevokeAbandonedAsync(null, default));
        Assert.Equal("stolen", (await broker.Revocations.FindHostKeyAsync(broker.ClientKey, default))?.Reason);
        Assert.Contains($"@revoked * {broker.ClientKey.ToText()} host:aaaaaaaaaaaaaaaa\n", await TextAsync(broker), StringComparison.Ordinal);
    }

    /// <summary>Two clones are revoked, and one of the two revocations meets a fault at a commit; false when it has no such commit.</summary>
    private static async Task<bool> IsMetAsync(int commit, PlannedFault fault, bool isFirst)
    {
        await using var first = new Broker();
        await first.MakeWebAsync();
        AdmittedHost one = await first.EnrollAsync();
        AdmittedHost two = await first.EnrollAsync();
        if (!isFirst) Broker.Must(await first.HostRevoker.RevokeAsync(Broker.Admin, one.Host, "stolen", default));
        first.Store.PlanFault(commit, fault);
        try
        {
            await first.HostRevoker.RevokeAsync(Broker.Admin, (isFirst ? one : two).Host, "stolen", default);
        }
        catch (StoreUnavailableException)
        {
            // Nobody was told that it was done.
        }

        if (first.Store.ForgetFaults()) return false;
        await using var next = new Broker(first.Store.Copy(), first.Clock, "two", first);
        await next.Journal.CloseAbandonedAsync(default);
        if (isFirst) Broker.Must(await next.HostRevoker.RevokeAsync(Broker.Admin, two.Host, "stolen", default));
        // Whoever was told nothing asks again, which is possible while there is such a host; the timer does the rest.
        foreach (EnrolledHost left in await next.Hosts.ListAsync(Broker.Web, null, default).ToArrayAsync())
            Broker.Must(await next.HostRevoker.RevokeAsync(Broker.Admin, left, "stolen", default));
        string before = await TextAsync(next);
        await next.SharedHostKeys.RevokeAbandonedAsync(null, default);
        string after = await TextAsync(next);
        Assert.True(after.Contains(first.ClientKey.ToText(), StringComparison.Ordinal), $"commit {commit}, {fault}: {after}");
        Assert.True(before == after || before.Split('\n')[0] != after.Split('\n')[0], $"commit {commit}, {fault}: another text of the same version");
        return true;
    }

    private static Task<string> TextAsync(Broker broker) => new KnownHosts(broker.SigningKeys, broker.Revocations).WriteAsync(default);
}
