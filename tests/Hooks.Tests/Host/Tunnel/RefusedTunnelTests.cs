using SshFunctions.Api;
using SshFunctions.Support.Broker;
using SshFunctions.Support.Processes;

namespace SshFunctions.Hooks.Tests.Host.Tunnel;

public sealed class RefusedTunnelTests : IDisposable
{
    private readonly FakeHostBroker _broker = new();
    private readonly EnrolledHost _host;

    public RefusedTunnelTests() => _host = new EnrolledHost(_broker);

    public void Dispose()
    {
        _host.Dispose();
        _broker.Dispose();
    }

    [Theory(Timeout = 60_000)]
    [InlineData(403, ProblemTypes.Denied, 1)]
    [InlineData(404, ProblemTypes.NotFound, 4)]
    [InlineData(400, ProblemTypes.Invalid, 2)]
    [InlineData(401, ProblemTypes.Unauthenticated, 3)]
    public async Task A_definite_refusal_ends_it(int status, string type, int exitCode)
    {
        _broker.Broker.On("POST", Routes.TunnelCertificates, _ => FakeAnswer.Problem(status, type, "No tunnel leads here."));

        ProcessRun run = (await _host.RunAsync("tunnel")).Expect(exitCode);

        Assert.Contains("no tunnel leads here", run.Error, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("trying again", run.Error, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_target_that_is_none_is_refused_before_anything_else()
    {
        File.Delete(_host.Folders.Settings);
        (await _host.RunAsync("tunnel", arguments: ["--to", "127.0.0.1:0x"])).Expect(2);
        Assert.False(Directory.Exists(_host.Folders.RunFolder));
    }
}
