using SshFunctions.Core.Journal;
using SshFunctions.Core.Ports;
using SshFunctions.Support.Proofs;
using SshFunctions.Support.Store;

namespace SshFunctions.Core.Tests.Faults;

/// <summary>Every deed meets a fault at each of its commits in turn: what was told is kept, what was not is refused or done whole by asking again.</summary>
[Trait("Proof", "faults")]
public sealed class EveryCommitTests
{
    private const int Patience = 600_000;
    private const int MostTries = 4;

    [Theory(Timeout = Patience)]
    [InlineData(PlannedFault.Fail)]
    [InlineData(PlannedFault.LoseAnswer)]
    [InlineData(PlannedFault.DieBefore)]
    [InlineData(PlannedFault.DieAfter)]
    public async Task What_was_told_is_kept_and_what_was_not_comes_by_asking_again(PlannedFault fault)
    {
        int tries = 0;
        var wrong = new List<string>();
        var lost = new List<string>();
        foreach (Deed deed in Deeds.All)
        {
            for (int commit = 1; ; commit++)
            {
                var run = new FaultyRun(deed, commit, fault);
                if (!await run.GoAsync()) break;
                tries++;
                wrong.AddRange(run.Wrong);
                lost.AddRange(run.Lost);
            }
        }

        new ProofFigure("faults", $"every commit of {Deeds.All.Count} deeds: {TextOf(fault)}", tries, wrong.Count, lost.Count).Record();
        Assert.True(wrong.Count + lost.Count == 0, string.Join('\n', wrong.Concat(lost)));
        Assert.True(tries >= 2 * Deeds.All.Count, $"only {tries} faults were met");
    }

    private static string TextOf(PlannedFault fault) => fault switch
    {
        PlannedFault.Fail => "it fails",
        PlannedFault.LoseAnswer => "its answer is lost",
        PlannedFault.DieBefore => "SIGKILL before it",
        _ => "SIGKILL after it",
    };

    /// <summary>One deed, with one fault.</summary>
    private sealed class FaultyRun(Deed deed, int commit, PlannedFault fault)
    {
        public List<string> Wrong { get; } = [];

        public List<string> Lost { get; } = [];

        /// <summary>False when the deed has no such commit.</summary>
        public async Task<bool> GoAsync()
        {
            await using var first = new Broker();
            using var scene = new Scene();
            await scene.MakeAsync(first);
            first.Store.PlanFault(commit, fault);
            await ActAsync(first, scene);
            if (first.Store.ForgetFaults()) return false;
            if (fault is PlannedFault.Fail or PlannedFault.LoseAnswer)
            {
                await JudgeAsync(first, scene);
                return true;
            }

            // The next process finds what is on the disk, and does by itself what a start does.
            await using var next = new Broker(first.Store.Copy(), first.Clock, "two", first);
            await next.Journal.CloseAbandonedAsync(default);
            await JudgeAsync(next, scene);
            return true;
        }

        private async Task JudgeAsync(Broker broker, Scene scene)
        {
            if (scene.DoneCount > 0 && !await deed.HoldsAsync(broker, scene)) Lost.Add(Text("was told to be done, and does not hold"));
            // Somebody who was told nothing asks again.
            for (int attempt = 0; attempt < MostTries && (scene.DoneCount == 0 || deed.IsOnce); attempt++) await ActAsync(broker, scene);
            if (deed.IsOnce && scene.DoneCount > 1) Wrong.Add(Text($"was done {scene.DoneCount} times, and counts once"));
            if (!deed.IsOnce && scene.DoneCount == 0 && !deed.MayBeThere) Lost.Add(Text("can't be done any more"));
            if (!deed.IsOnce && !await deed.HoldsAsync(broker, scene)) Lost.Add(Text("does not hold after it was asked for again"));
            await JudgeJournalAsync(broker, scene);
        }

        /// <summary>Every chain is whole, and what somebody holds is in it, once.</summary>
        private async Task JudgeJournalAsync(Broker broker, Scene scene)
        {
            Dictionary<ulong, JournalEvent> entries = (await broker.EntriesAsync()).ToDictionary(entry => entry.Position.Serial, entry => entry.Event);
            foreach (ulong serial in scene.Released.Where(serial => entries.GetValueOrDefault(serial)
                is not (JournalEvent.CertificateIssued or JournalEvent.HostCertificateIssued or JournalEvent.PasscodeIssued)))
                Lost.Add(Text($"gave serial {serial}, and no entry records it"));
            if (scene.Released.Distinct().Count() != scene.Released.Count) Wrong.Add(Text("gave a serial twice"));
            foreach (IGrouping<string, JournalEvent.PasscodeRedeemed> redeemed in entries.Values.OfType<JournalEvent.PasscodeRedeemed>()
                .GroupBy(one => $"{one.Passcode}").Where(group => group.Count() > 1))
                Wrong.Add(Text($"redeemed passcode {redeemed.Key} twice"));
        }

        private async Task ActAsync(Broker broker, Scene scene)
        {
            try
            {
                if (await deed.ActAsync(broker, scene) is null) scene.DoneCount++;
            }
            catch (Exception away) when (away is StoreUnavailableException or SignerUnavailableException)
            {
                // Nobody was told that it was done.
            }
        }

        private string Text(string what) => $"{deed.Name}, commit {commit}, {fault}: {what}";
    }
}
