using SshFunctions.Core.Certificates;
using SshFunctions.Core.Ports;
using SshFunctions.Core.Rotation;

namespace SshFunctions.Core.Tests.Rotation;

/// <summary>Several instances rotate keys in any order, crash in the midst of it, and mint beside it; hosts fetch and report when they like.</summary>
public sealed class RotationModelTests
{
    private const int StepCount = 600;
    private static readonly TimeSpan Life = CertificateLimits.LongestMaximumLifetime;

    [Theory(Timeout = 120_000)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task No_host_that_reports_ever_refuses_what_the_broker_signs(int seed)
    {
        var random = new Random(seed);
        await using var world = await RotationWorld.StartAsync(instances: 3, hosts: 4);
        for (int step = 0; step < StepCount; step++)
        {
            await StepAsync(world, random);
            await world.CheckAsync(Life);
        }

        // What was begun comes to its end by itself, whoever died.
        for (int day = 0; day < 50; day++) await LetADayPassAsync(world);

        KeyRing ring = (await world.Rings.FindAsync(default))!;
        Assert.Empty(ring.Rotations);
        Assert.All(Enum.GetValues<KeyPurpose>(), purpose => Assert.Single(ring.TrustedOf(purpose)));
        Assert.DoesNotContain(ring.Keys, key => key is { State: SigningKeyState.Retired, IsMade: true, IsDestroyed: false });
        Assert.True(world.MintCount > 50, "the model mints");
        Assert.True(ring.Keys.Length > 6, "the model rotates");
    }

    private static async Task LetADayPassAsync(RotationWorld world)
    {
        world.Clock.Advance(TimeSpan.FromDays(1));
        try
        {
            await world.RefreshHostsAsync();
            await world.InstanceOf(0).Rotations.RunAsync(default);
        }
        catch (StoreUnavailableException)
        {
            // A fault that was planned and not met yet.
            await world.CrashAsync(0);
        }
    }

    private static async Task StepAsync(RotationWorld world, Random random)
    {
        int number = random.Next(3);
        RotationInstance instance = world.InstanceOf(number);
        KeyPurpose purpose = (KeyPurpose)random.Next(3);
        if (random.Next(12) == 0) Plan(world, random);
        try
        {
            switch (random.Next(20))
            {
                case < 2: await instance.Rotations.StartAsync(Broker.Admin, purpose, emergency: false, default); break;
                case 2 when random.Next(8) == 0: await instance.Rotations.StartAsync(Broker.Admin, purpose, emergency: true, default); break;
                case 3 when random.Next(2) == 0: await instance.Rotations.AbortAsync(Broker.Admin, purpose, "the model says so", default); break;
                case < 8: await instance.Rotations.RunAsync(default); break;
                case < 12: await world.MintAsync(number, Life); break;
                case < 16: await world.RefreshHostAsync(random.Next(4), number); break;
                case 16: world.Clock.Advance(TimeSpan.FromHours(random.Next(1, 40))); break;
                default: world.Clock.Advance(TimeSpan.FromSeconds(random.Next(1, 4))); break;
            }
        }
        catch (StoreUnavailableException)
        {
            await world.CrashAsync(number);
        }
    }

    private static void Plan(RotationWorld world, Random random)
    {
        if (random.Next(2) == 0) world.Store.FailNextCommit();
        else world.Store.LoseNextAnswer();
    }
}
