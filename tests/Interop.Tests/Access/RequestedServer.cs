using System.Text.Json;
using SshFunctions.Api;
using SshFunctions.Interop.Tests.Host;
using SshFunctions.Support.Processes;
using SshFunctions.Support.Programs;
using SshFunctions.Support.Sshfn;

namespace SshFunctions.Interop.Tests.Access;

/// <summary>An enrolled server in a protected environment in which two of carol and dave decide, and the three people who ask and decide.</summary>
public sealed class RequestedServer : IAsyncDisposable
{
    private RequestedServer(EnrolledServer server) => Server = server;

    public EnrolledServer Server { get; }

    public SshfnUser Alice { get; } = new();

    public SshfnUser Carol { get; } = new();

    public SshfnUser Dave { get; } = new();

    public static async Task<RequestedServer> StartAsync()
    {
        // The folder of a certificate is served by sshfn, which sshd finds in the PATH of the session.
        string path = $"SetEnv PATH={Path.GetDirectoryName(ProductProgram.Sshfn.Path)}:/usr/bin:/bin";
        var requested = new RequestedServer(await EnrolledServer.StartUnenrolledAsync(configuration: path));
        await requested.PrepareAsync();
        return requested;
    }

    /// <summary>Alice opens a request; the answer's identifier.</summary>
    public async Task<string> OpenAsync(params string[] options)
    {
        ProcessRun run = (await Alice.RunAsync(["request", "open", EnrolledServer.Path, "--json", .. options])).Expect(0);
        using JsonDocument opened = JsonDocument.Parse(run.Output);
        Assert.Equal("pending", opened.RootElement.GetProperty("state").GetString());
        return opened.RootElement.GetProperty("id").GetString()!;
    }

    /// <summary>Both approve, and the broker gives the access by itself.</summary>
    public async Task<AccessRequestResponse> ApproveAsync(string id)
    {
        (await Carol.RunAsync("request", "approve", id, "--comment", "fine")).Expect(0);
        (await Dave.RunAsync("request", "approve", id)).Expect(0);
        return await UntilAsync(id, "active");
    }

    public async Task<AccessRequestResponse> UntilAsync(string id, string state)
    {
        while (true)
        {
            AccessRequestResponse request = await Server.Alice.GetAsync<AccessRequestResponse>($"{Routes.AccessRequests}/{id}");
            if (request.State == state) return request;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (SshfnUser user in new[] { Alice, Carol, Dave }) user.Dispose();
        await Server.DisposeAsync();
    }

    private async Task PrepareAsync()
    {
        await Server.EnrollAsync();
        await Server.Broker.Admin.PutAsync<EnvironmentRequest, EnvironmentResponse>(
            "/api/projects/acme/environments/production", new EnvironmentRequest(Protected: true));
        await Server.Broker.Admin.PutAsync<AccessRuleRequest, AccessRuleResponse>(
            $"{Routes.AccessRule}?path=acme/production", new AccessRuleRequest(["subject=carol", "subject=dave"], 2));
        await Alice.SignInAsync(Server.Broker, Server.Alice.Token!);
        await Carol.SignInAsync(Server.Broker, await Server.Broker.Admin.CreateTokenAsync("carol"));
        await Dave.SignInAsync(Server.Broker, await Server.Broker.Admin.CreateTokenAsync("dave"));
    }
}
