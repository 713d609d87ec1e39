using SshFunctions.Support.Broker;
using SshFunctions.Support.Processes;

namespace SshFunctions.Hooks.Tests.Commands;

public sealed class LoginCommandTests : IDisposable
{
    private readonly FakeBroker _broker = new();
    private readonly SshfnProgram _sshfn = new();

    [Theory(Timeout = 60_000)]
    [InlineData(0x180, false)]
    [InlineData(0x1A0, true)]
    [InlineData(0x184, true)]
    public async Task Warns_of_a_token_file_that_others_can_read(int mode, bool warns)
    {
        string file = _sshfn.Folder.Write("token", FakeBroker.Token + "\n");
        File.SetUnixFileMode(file, (UnixFileMode)mode);
        ProcessRun run = (await _sshfn.RunAsync("login", "--broker", _broker.Address, "--token-file", file)).Expect(0);
        Assert.Equal(warns, run.Error.Contains($"sshfn: warning: {file} can be read by others: chmod 600 {file}\n", StringComparison.Ordinal));
    }

    public void Dispose()
    {
        _broker.Dispose();
        _sshfn.Dispose();
    }
}
