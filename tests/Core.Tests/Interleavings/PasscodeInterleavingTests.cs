using System.Net;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Hosts;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Passcodes;
using SshFunctions.Core.Resources;
using SshFunctions.Support.Proofs;
using SshFunctions.Support.Proofs.Schedules;
using SshFunctions.Support.Store;

namespace SshFunctions.Core.Tests.Interleavings;

/// <summary>Several brokers redeem one passcode while it is revoked, while the store loses answers and while they die: it opens at most one login.</summary>
[Trait("Proof", "concurrency")]
public sealed class PasscodeInterleavingTests
{
    private const int Patience = 600_000;
    private const string What = "passcode redeemed";

    [Fact(Timeout = Patience)]
    public Task A_passcode_opens_one_login_at_most_in_any_order() => Task.Run(() =>
        new Exploration("concurrency", What, run => PlayAsync(run, redeemers: 3, withRevocation: run.Random.Next(2) == 0)).PlayRandom(LongRuns.Count(40, 10_000)));

    [Fact(Timeout = Patience)]
    public Task A_passcode_opens_one_login_at_most_in_every_order_of_few_steps() => Task.Run(() =>
        new Exploration("concurrency", What, run => PlayAsync(run, redeemers: 2, withRevocation: false)).PlayAll(LongRuns.Count(60, 15_000), preemptions: 2, faults: 1));

    private static async Task PlayAsync(Interleaving run, int redeemers, bool withRevocation)
    {
        var store = new InMemoryStore();
        await using var maker = new InterleavedBroker(run, store, "maker");
        await maker.MakeWebAsync();
        Resource web = (await maker.Tree.FindResourceAsync(Broker.Web, default))!;
        using Secret code = Broker.Must(await maker.Passcodes.MintAsync(Broker.Alice, new PasscodeOrder(web, Broker.Deploy, null, null, null), default)).Secret;
        EnrolledHost host = Broker.EnrolledHostOf();
        bool isRevoked = false;
        var opened = new List<string>();
        var brokers = new List<InterleavedBroker>();
        for (int number = 0; number < redeemers; number++)
        {
            var broker = new InterleavedBroker(run, store, $"broker-{number}");
            brokers.Add(broker);
            run.Start("redeem", async () =>
            {
                bool wasRevoked = isRevoked;
                if (!(await RedeemAsync(broker, host, code)).Succeeded) return;
                opened.Add(broker.Store.Name);
                Assert.False(wasRevoked, "it was revoked before it was typed");
            });
        }

        if (withRevocation)
        {
            run.Start("revoke", async () =>
            {
                Broker.Must(await maker.Revoker.RevokeGrantAsync(Broker.Admin, Broker.GrantOf("g1"), "gone", default));
                isRevoked = true;
            });
        }

        await run.PlayAsync();
        await CheckAsync(run, store, host, code, opened, withRevocation);
        foreach (InterleavedBroker broker in brokers) await broker.DisposeAsync();
    }

    private static async Task CheckAsync(Interleaving run, InMemoryStore store, EnrolledHost host, Secret code, List<string> opened, bool mayBeRevoked)
    {
        Assert.True(opened.Count <= 1, $"it opened {opened.Count} logins");
        JournalEvent.PasscodeRedeemed[] recorded = [.. (await StoredJournal.ReadAsync(store, run.Clock)).Select(entry => entry.Event).OfType<JournalEvent.PasscodeRedeemed>()];
        Assert.True(recorded.Length <= 1, $"{recorded.Length} redemptions are recorded");
        Assert.True(opened.Count <= recorded.Length, "a login has no entry");
        // Whoever asks once more learns what became of it: nobody who was told of no outcome has used it up unseen and used it again.
        await using var late = new InterleavedBroker(run, store, "late");
        bool isSpent = await IsSpentAsync(store, code);
        Result<Passcode> again = await RedeemAsync(late, host, code);
        Assert.False(again.Succeeded && (isSpent || opened.Count > 0 || recorded.Length > 0), "it opened a second login");
        Assert.True(again.Succeeded || isSpent || mayBeRevoked, "it opened nothing and is good for nothing");
    }

    private static async Task<bool> IsSpentAsync(InMemoryStore store, Secret code)
    {
        Assert.True(PasscodeText.TryHash(Broker.Web, code, out string? hash));
        return (await new PasscodeDocuments(store).ReadAsync(hash, default))?.Value.RedeemedBy is not null;
    }

    private static Task<Result<Passcode>> RedeemAsync(InterleavedBroker broker, EnrolledHost host, Secret code) =>
        broker.Passcodes.RedeemAsync(Broker.CallerOf(host), host, code, Broker.Deploy, IPAddress.Loopback, default);
}
