using SshFunctions.Core.Callers;
using SshFunctions.Core.Certificates;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Passcodes;
using SshFunctions.Core.Resources;
using SshFunctions.Support.Proofs;

namespace SshFunctions.Core.Tests.Faults;

/// <summary>The machine's clock is put forward and back, by seconds and by years, between any two deeds.</summary>
[Trait("Proof", "faults")]
public sealed class ClockJumpTests
{
    private const int Patience = 600_000;
    private const int StepCount = 40;
    private static readonly TimeSpan[] Jumps =
        [TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(6), TimeSpan.FromHours(25), TimeSpan.FromDays(400), TimeSpan.FromDays(3650)];

    [Fact(Timeout = Patience)]
    public async Task No_certificate_outlives_its_limit_no_serial_comes_twice_and_no_entry_is_lost()
    {
        int worlds = LongRuns.Count(usual: 15, whole: 1500);
        int steps = 0;
        var wrong = new List<string>();
        int lost = 0;
        for (int seed = 0; seed < worlds; seed++)
        {
            await using var broker = new Broker();
            Resource web = await broker.MakeWebAsync();
            await broker.MakeTakerAsync();
            var random = new Random(seed);
            var serials = new HashSet<ulong>();
            for (int step = 0; step < StepCount; step++, steps++)
            {
                Jump(broker, random);
                if (random.Next(6) == 0) await new JournalMaintenance(broker.Store, broker.Clock).CloseAbandonedAsync(default);
                await ActAsync(broker, web, random, serials, wrong, $"seed {seed}, step {step}");
            }

            HashSet<ulong> recorded = [.. (await broker.EntriesAsync()).Select(entry => entry.Position.Serial)];
            lost += serials.Count(serial => !recorded.Contains(serial));
        }

        new ProofFigure("faults", "clock jumps forward and back, up to ten years", steps, wrong.Count, lost).Record();
        Assert.True(wrong.Count == 0 && lost == 0, $"{lost} lost\n{string.Join('\n', wrong)}");
    }

    private static void Jump(Broker broker, Random random)
    {
        TimeSpan jump = Jumps[random.Next(Jumps.Length)];
        // Never before the year 2000, which no machine's clock of today says.
        bool back = random.Next(2) == 0 && broker.Now - jump > new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
        if (random.Next(3) > 0) broker.Clock.Advance(back ? -jump : jump);
    }

    private static async Task ActAsync(Broker broker, Resource web, Random random, HashSet<ulong> serials, List<string> wrong, string where)
    {
        try
        {
            if (random.Next(2) == 0) await MintAsync(broker, web, serials, wrong, where);
            else await RedeemAsync(broker, web, random, serials, wrong, where);
        }
        catch (Ports.StoreUnavailableException)
        {
            // A segment that was closed as abandoned under its writer: the next try opens another.
            await MintAsync(broker, web, serials, wrong, where);
        }
    }

    private static async Task MintAsync(Broker broker, Resource web, HashSet<ulong> serials, List<string> wrong, string where)
    {
        DateTimeOffset now = broker.Now;
        IssuedCertificate issued = Broker.Must(await broker.IssueAsync(web));
        if (!serials.Add(issued.Certificate.Content.Serial)) wrong.Add($"{where}: a serial came twice");
        if (issued.Certificate.Content.ValidBefore > now + Broker.LongestLife) wrong.Add($"{where}: a certificate lives too long");
    }

    private static async Task RedeemAsync(Broker broker, Resource web, Random random, HashSet<ulong> serials, List<string> wrong, string where)
    {
        Result<MintedPasscode> result = await broker.Passcodes.MintAsync(Broker.Alice, new PasscodeOrder(web, Broker.Deploy, null, null, null), default);
        // After a jump back codes of the future are still alive, and a subject has but so many.
        if (!result.Try(out MintedPasscode? minted, out Refusal? refusal))
        {
            if (refusal is not (Refusal.TooMany or Refusal.Conflict)) wrong.Add($"{where}: {refusal.Detail}");
            return;
        }

        using Secret secret = minted.Secret;
        if (!serials.Add(minted.Passcode.Serial)) wrong.Add($"{where}: a serial came twice");
        bool late = random.Next(2) == 0;
        if (late) broker.Clock.Advance(PasscodeRegistry.MaximumLife + TimeSpan.FromSeconds(1));
        var host = Broker.EnrolledHostOf();
        bool opened = (await broker.Passcodes.RedeemAsync(Broker.CallerOf(host), host, secret, Broker.Deploy, null, default)).Succeeded;
        bool again = (await broker.Passcodes.RedeemAsync(Broker.CallerOf(host), host, secret, Broker.Deploy, null, default)).Succeeded;
        if (opened == late || again) wrong.Add($"{where}: a passcode opened {(again ? "twice" : late ? "after its end" : "nothing in its life")}");
    }
}
