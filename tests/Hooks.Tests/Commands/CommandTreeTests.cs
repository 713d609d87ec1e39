using SshFunctions.Support.Processes;

namespace SshFunctions.Hooks.Tests.Commands;

public sealed class CommandTreeTests : IDisposable
{
    private readonly SshfnProgram _sshfn = new();

    [Fact(Timeout = 60_000)]
    public async Task Prints_the_help_when_called_alone()
    {
        ProcessRun run = (await _sshfn.RunAsync()).Expect(2);
        Assert.Contains("Usage:\n  sshfn [command] [options]\n", run.Output, StringComparison.Ordinal);
        Assert.Empty(run.Error);
    }

    [Fact(Timeout = 60_000)]
    public async Task Says_when_config_ssh_is_to_be_run_again()
    {
        ProcessRun run = (await _sshfn.RunAsync("config-ssh", "--help")).Expect(0);
        Assert.Contains("run it again when resources were added, or name a pattern with --host", run.Output, StringComparison.Ordinal);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("audit", "list", "--serial", "abc")]
    [InlineData("audit", "list", "--serial", "-1")]
    [InlineData("audit", "list", "--limit", "1.5")]
    [InlineData("audit", "list", "--limit")]
    [InlineData("revoke", "--reason", "x", "--serial", "99999999999999999999")]
    [InlineData("whoami", "--json", "maybe")]
    [InlineData("completion", "tcsh")]
    public async Task Names_no_type_of_the_runtime(params string[] arguments)
    {
        ProcessRun run = (await _sshfn.RunAsync(arguments)).Expect(2);
        Assert.StartsWith("sshfn: error: ", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", run.Output + run.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _sshfn.Dispose();
}
