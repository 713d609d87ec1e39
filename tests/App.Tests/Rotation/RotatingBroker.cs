using Microsoft.Extensions.DependencyInjection;
using SshFunctions.Api;
using SshFunctions.App.Hosting.Homes;
using SshFunctions.App.Hosting.Settings;
using SshFunctions.App.Tests.Brokers;
using SshFunctions.Core.Hosts;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Revocations;
using SshFunctions.Core.Rotation;
using SshFunctions.Support.Broker;
using SshFunctions.Support.Files;

namespace SshFunctions.App.Tests.Rotation;

/// <summary>A self-hosted broker in this process whose rotations go by a clock that a test moves.</summary>
internal sealed class RotatingBroker : IAsyncDisposable
{
    private readonly SelfHostedBroker _broker;
    private readonly RunningBroker _running;

    private RotatingBroker(SelfHostedBroker broker, RunningBroker running, ShiftedClock clock, BrokerApi admin) =>
        (_broker, _running, Clock, Admin) = (broker, running, clock, admin);

    public ShiftedClock Clock { get; }

    public BrokerApi Admin { get; }

    public string Address => _running.Url.GetLeftPart(UriPartial.Authority);

    public static async Task<RotatingBroker> StartAsync(TemporaryFolder folder, TimeSpan handHosts = default)
    {
        var clock = new ShiftedClock();
        BrokerProfile profile = RunningBroker.OnLoopback with { DataDirectory = folder["data"] };
        SelfHostedBroker broker = (await SelfHostedBroker.OpenAsync(profile, TimeProvider.System, CancellationToken.None)).Value!;
        RunningBroker running = await RunningBroker.StartAsync(profile, services =>
        {
            broker.Register(services, profile);
            services.AddSingleton(provider => RotationsBy(provider, clock, handHosts));
        });
        await broker.BootstrapAsync(running.Services, false, CancellationToken.None);
        string token = (await File.ReadAllTextAsync(folder["data/bootstrap-token"])).TrimEnd();
        return new RotatingBroker(broker, running, clock, new BrokerApi(running.Url, token));
    }

    public async Task<BrokerApi> AsPersonAsync(string subject) => new(_running.Url, await Admin.CreateTokenAsync(subject));

    public BrokerApi As(string token) => new(_running.Url, token);

    /// <summary>What the timer does.</summary>
    public Task RunTimerAsync() => _running.Services.GetRequiredService<KeyRotations>().RunAsync(CancellationToken.None);

    public async Task<KeyRotationResponse> StatusAsync(string purpose) =>
        (await Admin.GetAsync<KeyRotationsResponse>(Routes.KeyRotations)).Rotations.Single(rotation => rotation.Purpose == purpose);

    public Task<KeyRotationResponse> RotateAsync(string purpose, bool emergency = false, bool dryRun = false) =>
        Admin.PostAsync<RotateKeyRequest, KeyRotationResponse>(Routes.KeyRotations, new RotateKeyRequest(purpose, emergency, dryRun));

    public async Task<string> TextAsync(string route) => await Admin.Http.GetStringAsync(new Uri(route, UriKind.Relative));

    public async ValueTask DisposeAsync()
    {
        Admin.Dispose();
        await _running.DisposeAsync();
        await _broker.DisposeAsync();
    }

    private static KeyRotations RotationsBy(IServiceProvider provider, TimeProvider clock, TimeSpan handHosts) => new(
        provider.GetRequiredService<KeyRingRegistry>(),
        provider.GetRequiredService<ISigningKeyStore>(),
        provider.GetRequiredService<SigningKeyCache>(),
        provider.GetRequiredService<HostRegistry>(),
        provider.GetRequiredService<RevocationRegistry>(),
        provider.GetRequiredService<JournalWriter>(),
        provider.GetRequiredService<RotationRules>() with { HandHostsNotice = handHosts },
        clock);
}
