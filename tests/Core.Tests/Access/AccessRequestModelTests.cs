using SshFunctions.Core.Access;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;
using SshFunctions.Support.Proofs;
using SshFunctions.Support.Proofs.Schedules;

namespace SshFunctions.Core.Tests.Access;

/// <summary>Random interleavings of everything that can happen to access requests, on two processes that die at any commit.</summary>
[Trait("Proof", "concurrency")]
public sealed class AccessRequestModelTests
{
    private const int RoundCount = 20;

    [Fact(Timeout = 600_000)]
    public Task No_interleaving_gives_access_that_was_not_approved_or_leaves_any_behind() => Task.Run(() =>
    {
        int worlds = LongRuns.Count(usual: 30, whole: 1500);
        int active = 0;
        int closed = 0;
        new Exploration("concurrency", "access request", async run =>
        {
            await using var world = new AccessRequestWorld(run);
            await world.MakeAsync();
            for (int round = 0; round < RoundCount; round++)
            {
                await world.RunRoundAsync();
                foreach (AccessRequest request in await CheckAsync(world, $"round {round}"))
                {
                    if (request.State == AccessRequestState.Active) Interlocked.Increment(ref active);
                    if (request.State == AccessRequestState.Closed && request.Activated is not null) Interlocked.Increment(ref closed);
                }
            }

            await CheckEndAsync(world, "end");
        }).PlayRandom(worlds);
        // A world in which nothing is ever given would prove nothing.
        Assert.True(active > worlds && closed > worlds, $"{active} active, {closed} closed");
    });

    private static async Task<AccessRequest[]> CheckAsync(AccessRequestWorld world, string where)
    {
        AccessRequest[] requests = await world.Requests.ListAsync(null, default).ToArrayAsync();
        Grant[] grants = await world.Grants.ListOnAsync(Broker.Web, default).Where(grant => grant.Request is not null).ToArrayAsync();
        GrantId[] places = await world.Grants.ListBelowAsync(ResourcePath.Root, null, default).Where(grant => grant.Request is not null).Select(grant => grant.Id).ToArrayAsync();
        GrantId[] expected = [.. requests.Where(request => request.Grant is not null).Select(request => request.Id.Grant)];
        // Exactly one grant for each request that is active, and none beside.
        Assert.True(expected.ToHashSet().SetEquals(grants.Select(grant => grant.Id)) && expected.Length == grants.Length, $"grants: {where}");
        Assert.True(expected.ToHashSet().SetEquals(places) && expected.Length == places.Length, $"places: {where}");
        Resource web = (await world.Tree.FindResourceAsync(Broker.Web, default))!;
        foreach (Grant grant in grants)
        {
            AccessRequest request = requests.Single(candidate => candidate.Id == grant.Request);
            AssertEarned(request, grant, where);
            await AssertEndsAsync(world, web, request, grant, where);
        }

        foreach (AccessRequest request in requests.Where(candidate => candidate.IsFinal)) await AssertTakenBackAsync(world, request, where);
        return requests;
    }

    private static void AssertEarned(AccessRequest request, Grant grant, string where)
    {
        Subject[] approvers = [.. request.Approvals.Select(approval => approval.By)];
        Assert.True(request.BreakGlass || approvers.Distinct().Count() >= AccessRequestWorld.ApprovalsNeeded, $"too few approvals: {where}");
        Assert.DoesNotContain(request.Order.Requester, approvers);
        Assert.Equal(Holder.Of(request.Order.Requester), grant.Holder);
        Assert.True(grant.NotAfter is { } end && end == request.Ends && end <= request.Activated + AccessRequestWorld.Longest, $"too long: {where}");
    }

    private static async Task AssertEndsAsync(AccessRequestWorld world, Resource web, AccessRequest request, Grant grant, string where)
    {
        var holder = new Caller(CallerKind.Person, request.Order.Requester, []);
        AccessDecision at = await world.Access.DecideByAsync(grant.Id, holder, web, Broker.Deploy, grant.NotAfter!.Value, AccessMeans.Certificate, default);
        Assert.True(at is AccessDecision.Refused, $"gives access at its end: {where}");
    }

    private static async Task AssertTakenBackAsync(AccessRequestWorld world, AccessRequest request, string where)
    {
        foreach ((ulong serial, GrantId grant, DateTimeOffset end) in world.Minted)
        {
            if (grant != request.Id.Grant || end <= world.Clock.GetUtcNow()) continue;
            Assert.True(await world.Revocations.FindSerialAsync(serial, default) is not null, $"a certificate lives on: {where}");
        }
    }

    /// <summary>A timer makes everything good that processes left when they died.</summary>
    private static async Task CheckEndAsync(AccessRequestWorld world, string where)
    {
        await world.RunTimerAsync();
        AccessRequest[] requests = await CheckAsync(world, where);
        Assert.True(requests.All(request => request.State != AccessRequestState.Approved && (request.IsFinal || request.Ending is null)), $"something is half done: {where}");
        // Twice: what is approved and waits may be given by the first run after a long pause.
        for (int run = 0; run < 2; run++)
        {
            world.Clock.Advance(TimeSpan.FromDays(2));
            await world.RunTimerAsync();
        }

        requests = await CheckAsync(world, where);
        Assert.True(requests.All(request => request.IsFinal), $"something goes on for ever: {where}");
        Assert.True(await world.Requests.ListOpenAsync(default).AllAsync(request => request.NeedsReview), $"something is still to be done: {where}");
    }
}
