using SshFunctions.Api;
using SshFunctions.Support.Broker;
using SshFunctions.Support.Processes;

namespace SshFunctions.Hooks.Tests.Commands;

public sealed class ListRevocationsCommandTests : IDisposable
{
    private readonly FakeBroker _broker = new();
    private readonly SshfnProgram _sshfn = new();

    [Fact(Timeout = 60_000)]
    public async Task Warns_when_what_is_revoked_does_not_reach_the_hosts()
    {
        await _sshfn.SignInAsync(_broker);
        var since = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        RevocationPage page = new([], null, new PublicationFailureResponse(since, since.AddMinutes(5), 4, "the journal key did not answer in time"));
        _broker.On("GET", Routes.Revocations, _ => FakeAnswer.Of(page, ApiJson.Default.RevocationPage));

        ProcessRun run = (await _sshfn.RunAsync("revocations", "list")).Expect(0);

        Assert.Matches("^sshfn: warning: the list has not reached the hosts since 2026-03-01.*, in 4 tries: the journal key did not answer in time\n$", run.Error);
    }

    public void Dispose()
    {
        _sshfn.Dispose();
        _broker.Dispose();
    }
}
