using SshFunctions.Api;
using SshFunctions.Support.Functions;

namespace SshFunctions.Interop.Tests.Functions;

/// <summary>The broker is killed without a word, and nothing is lost.</summary>
public sealed class HandlerLifeTests : IAsyncLifetime, IDisposable
{
    private const int Patience = 180_000;
    private readonly FunctionApp _app = new() { Settings = { ["AzureFunctionsJobHost__functionTimeout"] = "00:00:05" } };

    public Task InitializeAsync() => _app.InitializeAsync();

    public Task DisposeAsync() => _app.DisposeAsync();

    public void Dispose() => _app.Dispose();

    [Fact(Timeout = Patience)]
    public async Task An_invocation_over_the_hosts_limit_costs_the_process_and_the_next_one_finishes_the_work()
    {
        _app.Vault.Hangs = true;
        RevokedResponse revoked = await _app.Admin.PostAsync<RevokeAccessRequest, RevokedResponse>(
            Routes.Revocations, new RevokeAccessRequest("left", Subject: "carol"));
        await _app.Vault.Reached.Task;
        _app.Vault.Hangs = false;

        // A slow machine may need more than one limit to start again.
        IReadOnlyList<InvocationRecord> invocations = await _app.Host.Invocations.WaitAsync("PublishRevocations", 2);
        while (!invocations[^1].Succeeded) invocations = await _app.Host.Invocations.WaitAsync("PublishRevocations", invocations.Count + 1);

        Assert.Equal("timeout", invocations[0].Fault);
        Assert.Equal(invocations.Count, _app.Host.HandlerStartCount);
        Assert.Equal(["subject:carol"], (await _app.Admin.ListAsync<RevocationResponse>(Routes.Revocations)).Select(each => each.Id));
        Assert.True(revoked.KrlVersion > 0);
        Assert.False(_app.Host.IsStopped);
    }

    [Fact(Timeout = Patience)]
    public async Task A_process_that_dies_is_started_again_and_knows_what_was_told()
    {
        string token = await _app.Admin.CreateTokenAsync("alice");
        using (var process = System.Diagnostics.Process.GetProcessById(_app.Host.HandlerId)) process.Kill();
        await _app.Host.WaitForHandlerAsync(startCount: 2);
        using var alice = _app.As(token);
        Assert.Equal("alice", (await alice.GetAsync<CallerResponse>(Routes.Me)).Subject);
        Assert.Equal(2, _app.Host.HandlerStartCount);
    }
}
