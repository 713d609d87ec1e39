using SshFunctions.Support.Broker;
using SshFunctions.Support.Processes;
using SshFunctions.Support.Ssh;

namespace SshFunctions.Hooks.Tests.Host.Enroll;

/// <summary>An account that writes a <c>~/.pam_environment</c>, which Debian's service of sshd reads, sets nothing for the helpers that run as root.</summary>
public sealed class AccountEnvironmentTests : IAsyncLifetime
{
    private EnrollableHost _host = null!;

    public async Task InitializeAsync() => _host = await EnrollableHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact(Timeout = 120_000)]
    public async Task Its_session_is_written_down_and_nothing_of_it_reaches_root()
    {
        string pam = _host.Server.Files.PamService;
        Assert.Contains("pam_env.so", await File.ReadAllTextAsync(pam), StringComparison.Ordinal);
        await File.AppendAllTextAsync(pam, "session required pam_env.so user_readenv=1\n");
        // The dynamic linker of every program that gets these writes a file, so no library need be made for LD_PRELOAD.
        string marks = _host.Server.Files.Root + "/marks";
        Directory.CreateDirectory(marks);
        await File.WriteAllTextAsync(
            _host.Server.Files.Root + "/home/.pam_environment",
            $"PAM_TYPE DEFAULT=close_session\nSSH_AUTH_INFO_0 DEFAULT=password\nLD_DEBUG DEFAULT=libs\nLD_DEBUG_OUTPUT DEFAULT={marks}/loaded\nLD_PRELOAD DEFAULT=/nowhere/evil.so\n");
        SshClient alice = await _host.ClientAsync($"{_host.Server.Login}@{FakeHosts.Resource}");
        await _host.EnrollAsync();

        ProcessRun run = (await alice.RunAsync(EnrollableHost.Alias, ["env"])).Expect(0);

        Assert.DoesNotContain("LD_DEBUG", run.Output, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(marks));
        string told = string.Concat(await Task.WhenAll(Directory.GetFiles(_host.Server.Files.RunFolder + "/spool").Select(path => File.ReadAllTextAsync(path))));
        Assert.Contains("\"opened\"", told, StringComparison.Ordinal);
        Assert.Contains("\"certificate\"", told, StringComparison.Ordinal);
    }
}
