using System.Net;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Hosts;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Passcodes;
using SshFunctions.Core.Resources;
using SshFunctions.Support.Proofs;
using SshFunctions.Support.Store;
using SshFunctions.Support.Time;

namespace SshFunctions.Core.Tests.Passcodes;

/// <summary>Somebody with many addresses guesses at two brokers for as long as a passcode lives.</summary>
/// <remarks>
/// A passcode has 12 symbols of 32, so 2^60 forms. A login on a host takes 100 wrong ones, then is locked for 1, 2, 4, 8, 15 minutes: within the
/// 15 minutes that a passcode lives at most 4 × 100 are judged, and at most 20 passcodes of a subject are alive. With a thousand
/// subjects that have all of theirs open at that one host and login, the chance is 400 · 20,000 / 2^60 = 7e-12 for each quarter of an hour, and 2e-7 for a year of it.
/// </remarks>
[Trait("Proof", "abuse")]
public sealed class PasscodeGuessingTests
{
    private const int Patience = 300_000;
    private const int MostJudged = 400;

    // Other logins are other targets, each with a limit of its own; a host has few.
    [Theory(Timeout = Patience)]
    [InlineData(1, 1)]
    [InlineData(200, 1)]
    [InlineData(200, 3)]
    public async Task Few_guesses_are_judged_however_many_are_made(int addresses, int logins)
    {
        var store = new InMemoryStore();
        var clock = new ManualClock();
        await using var one = new Broker(store, clock);
        await using var two = new Broker(store, clock, "two");
        await one.MakeWebAsync();
        EnrolledHost host = Broker.EnrolledHostOf();
        int steps = LongRuns.Count(usual: 60, whole: 900);
        int each = LongRuns.Count(usual: 20, whole: 40);
        int made = 0;
        for (int step = 0; step < steps; step++)
        {
            for (int guess = 0; guess < each; guess++, made++)
            {
                using Secret typed = PasscodeText.Generate();
                Result<Passcode> result = await (made % 2 == 0 ? one : two).Passcodes.RedeemAsync(
                    Broker.CallerOf(host), host, typed, Login.Parse($"deploy{(made / addresses) % logins}"), new IPAddress([203, 0, 113, (byte)(made % addresses)]), default);
                Assert.False(result.Succeeded);
            }

            clock.Advance(PasscodeRegistry.MaximumLife / steps);
        }

        // Both write into the same store, so either reads what both wrote.
        int judged = (await one.EventsAsync<JournalEvent.PasscodeRejected>()).Count(rejected => !rejected.Reason.Contains("locked until", StringComparison.Ordinal));
        int wrong = judged > MostJudged * logins ? 1 : 0;
        new ProofFigure("abuse", $"guessing: passcodes from {addresses} addresses for {logins} logins, {judged} judged", made, wrong).Record();
        Assert.True(wrong == 0, $"{judged} of {made} were judged");
    }
}
