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

    [Theory(Timeout = 60_000)]
    [InlineData("config-ssh", "also those made later")]
    [InlineData("cert", "sshfn cert --renew web.example.com 22 deploy\n")]
    [InlineData("host sftp", "force-command='sshfn host sftp pub/media'")]
    [InlineData("grant put", "Create a grant, or replace it as a whole\n")]
    [InlineData("grant remove", "live on until they expire: sshfn revoke --grant ID")]
    [InlineData("token remove", "live on until they expire: sshfn revoke --grant ID")]
    [InlineData("environment put", "live on until they expire: sshfn revoke --grant ID")]
    [InlineData("environment put", "--unprotected ")]
    [InlineData("audit list", " certificate.refused access.revoked revocation.lifted ")]
    public async Task Says_in_the_help_what_people_asked(string command, string expected)
    {
        ProcessRun run = (await _sshfn.RunAsync([.. command.Split(' '), "--help"])).Expect(0);
        Assert.Contains(expected, run.Output, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Shows_identifiers_that_look_real()
    {
        ProcessRun key = (await _sshfn.RunAsync("keys", "remove", "--help")).Expect(0);
        Assert.Matches("sshfn keys remove [A-Za-z0-9_-]{43}\n", key.Output);
        ProcessRun token = (await _sshfn.RunAsync("token", "remove", "--help")).Expect(0);
        Assert.Matches("sshfn token remove [a-z0-9]{16}\n", token.Output);
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
