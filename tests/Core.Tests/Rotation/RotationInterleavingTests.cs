using SshFunctions.Core.Certificates;
using SshFunctions.Core.Ports;
using SshFunctions.Core.Rotation;
using SshFunctions.Support.Proofs;
using SshFunctions.Support.Proofs.Schedules;

namespace SshFunctions.Core.Tests.Rotation;

/// <summary>Several instances rotate, mint and serve hosts at once, in every order of their calls of the store; some die in the midst of it.</summary>
[Trait("Proof", "concurrency")]
public sealed class RotationInterleavingTests
{
    private const int RoundCount = 40;
    private static readonly TimeSpan Life = CertificateLimits.LongestMaximumLifetime;

    [Fact(Timeout = 600_000)]
    public Task No_key_signs_that_hosts_do_not_trust_and_none_goes_before_what_it_signed_in_any_order() => Task.Run(() =>
    {
        int minted = 0;
        int worlds = LongRuns.Count(usual: 20, whole: 1000);
        new Exploration("concurrency", "key rotation", async run =>
        {
            await using RotationWorld world = await RotationWorld.StartAsync(instances: 3, hosts: 2, run);
            for (int round = 0; round < RoundCount; round++) await PlayRoundAsync(run, world);
            // What was begun comes to its end by itself, whoever died.
            for (int day = 0; day < 50; day++)
            {
                world.Clock.Advance(TimeSpan.FromDays(1));
                await world.RefreshHostsAsync();
                await world.InstanceOf(0).Rotations.RunAsync(default);
            }

            await world.CheckAsync(Life);
            KeyRing ring = (await world.Rings.FindAsync(default))!;
            Assert.Empty(ring.Rotations);
            Assert.DoesNotContain(ring.Keys, key => key is { State: SigningKeyState.Retired, IsMade: true, IsDestroyed: false });
            Interlocked.Add(ref minted, world.MintCount);
        }).PlayRandom(worlds);
        Assert.True(minted > worlds * 5, $"{minted} certificates in {worlds} worlds");
    });

    private static async Task PlayRoundAsync(Interleaving run, RotationWorld world)
    {
        for (int count = run.Random.Next(2, 4); count > 0; count--) Start(run, world);
        // No longer than keys may be old.
        if (run.Random.Next(4) == 0) run.StartClock(TimeSpan.FromSeconds(run.Random.Next(1, 5)));
        await run.PlayAsync();
        for (int number = 0; number < 3; number++)
        {
            if (world.InstanceOf(number).Process is { IsDead: true }) await world.CrashAsync(number);
        }

        await world.CheckAsync(Life);
        if (run.Random.Next(2) == 0) world.Clock.Advance(TimeSpan.FromHours(run.Random.Next(1, 40)));
    }

    private static void Start(Interleaving run, RotationWorld world)
    {
        int number = run.Random.Next(3);
        RotationInstance instance = world.InstanceOf(number);
        KeyPurpose purpose = (KeyPurpose)run.Random.Next(3);
        int host = run.Random.Next(2);
        bool emergency = run.Random.Next(8) == 0;
        switch (run.Random.Next(12))
        {
            case < 2: run.Start("rotate", () => TryAsync(() => instance.Rotations.StartAsync(Broker.Admin, purpose, emergency, default))); break;
            case 2: run.Start("abort", () => TryAsync(() => instance.Rotations.AbortAsync(Broker.Admin, purpose, "the model says so", default))); break;
            case < 6: run.Start("timer", () => TryAsync(() => instance.Rotations.RunAsync(default))); break;
            case < 9: run.Start("mint", () => TryAsync(() => world.MintAsync(number, Life))); break;
            default: run.Start("host", () => TryAsync(() => world.RefreshHostAsync(host, number))); break;
        }
    }

    // A key that somebody else destroyed meanwhile can't be opened: the call ends, and the next one sees what became of it.
    private static async Task TryAsync(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (SignerUnavailableException)
        {
        }
    }
}
