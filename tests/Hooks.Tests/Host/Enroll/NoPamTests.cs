using SshFunctions.Support.Processes;

namespace SshFunctions.Hooks.Tests.Host.Enroll;

/// <summary>A server that was set up without PAM keeps it so, unless somebody says otherwise.</summary>
public sealed class NoPamTests : IAsyncLifetime
{
    private EnrollableHost _host = null!;

    public async Task InitializeAsync() => _host = await EnrollableHost.StartAsync(usePam: false);

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact(Timeout = 120_000)]
    public async Task Pam_is_not_switched_on_unasked()
    {
        ProcessRun refused = (await _host.TryToEnrollAsync()).Expect(5);
        Assert.Contains("UsePAM is no, and would be yes for everybody", refused.Error, StringComparison.Ordinal);
        Assert.False(_host.Hosts.IsTokenUsed);

        await _host.EnrollAsync("--no-sessions");

        Assert.DoesNotContain("UsePAM", await File.ReadAllTextAsync(_host.Server.Files.DropIn), StringComparison.Ordinal);
    }
}
