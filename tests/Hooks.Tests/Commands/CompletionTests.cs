using SshFunctions.Support.Broker;
using SshFunctions.Support.Processes;

namespace SshFunctions.Hooks.Tests.Commands;

/// <summary>The completion script in a real bash.</summary>
public sealed class CompletionTests : IDisposable
{
    private readonly FakeBroker _broker = new();
    private readonly SshfnProgram _sshfn = new();

    [Theory(Timeout = 60_000)]
    [InlineData("sshfn tunnel ", "close list open")]
    [InlineData("sshfn ssh ", "bastion web")]
    [InlineData("sshfn ssh w", "web")]
    [InlineData("sshfn scp file w", "web:")]
    [InlineData("sshfn switch off acme/p", "acme/production acme/production/bastion acme/production/web")]
    [InlineData("sshfn ssh --p", "--project")]
    public async Task Offers_commands_and_resources_without_asking_the_broker(string line, string offered)
    {
        _broker.Resources = [_broker.Resources[0], _broker.Resources[0] with { Path = "acme/production/bastion", Hosts = [new("bastion.example.com")] }];
        await _sshfn.SignInAsync(_broker);
        (await _sshfn.RunAsync("resources")).Expect(0);
        _broker.Stop();
        string script = _sshfn.Folder.Write("complete.bash", $$"""
            sshfn() { {{SshfnProgram.Executable}} "$@"; }
            source <(sshfn completion bash)
            COMP_LINE='{{line}}' COMP_POINT={{line.Length}}
            COMP_WORDS=($COMP_LINE)
            [[ $COMP_LINE == *' ' ]] && COMP_WORDS+=('')
            COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            _sshfn 2>/dev/null
            echo "${COMPREPLY[*]}"

            """);
        ProcessRun run = (await _sshfn.RunOtherAsync("bash", script)).Expect(0);
        Assert.Equal(offered + "\n", run.Output);
    }

    public void Dispose()
    {
        _broker.Dispose();
        _sshfn.Dispose();
    }
}
