using System.Runtime.Versioning;
using SshFunctions.App.Hosting.Homes;
using SshFunctions.App.Hosting.Settings;
using SshFunctions.App.Tests.Brokers;
using SshFunctions.Support.Files;

namespace SshFunctions.App.Tests.Hosting.Homes;

[SupportedOSPlatform("linux")]
public sealed class BootstrapTokenFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string TokenPath => Path.Combine(_folder["data"], "bootstrap-token");

    public void Dispose() => _folder.Dispose();

    [Fact(Timeout = 60_000)]
    public async Task A_token_that_could_not_be_written_is_not_lost_but_made_at_the_next_start()
    {
        BrokerProfile profile = RunningBroker.OnLoopback with { DataDirectory = _folder["data"] };
        var clock = new ManualClock();
        await using SelfHostedBroker domain = (await SelfHostedBroker.OpenAsync(profile, clock, CancellationToken.None)).Value!;
        await using RunningBroker broker = await RunningBroker.StartAsync(profile, services => domain.Register(services, profile));
        Directory.CreateDirectory(TokenPath);
        await Assert.ThrowsAsync<IOException>(() => domain.BootstrapAsync(broker.Services, again: false, CancellationToken.None));
        Directory.Delete(TokenPath);

        Assert.Equal(TokenPath, await domain.BootstrapAsync(broker.Services, again: false, CancellationToken.None));

        string token = await File.ReadAllTextAsync(TokenPath);
        Assert.Matches("^[a-z2-7]{16}\\.[A-Za-z0-9_-]{43}\n$", token);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(TokenPath));
        Assert.Null(await domain.BootstrapAsync(broker.Services, again: false, CancellationToken.None));
        Assert.Equal(token, await File.ReadAllTextAsync(TokenPath));
        Assert.False(File.Exists($"{TokenPath}.new"));
    }
}
