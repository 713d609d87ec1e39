using System.Text.Json;
using SshFunctions.Api;
using SshFunctions.Interop.Tests.Host;
using SshFunctions.Support.Files;
using SshFunctions.Support.Git;
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

    public static async Task<RequestedServer> StartAsync(params string[] brokerOptions)
    {
        // The folder of a certificate is served by sshfn, which sshd finds in the PATH of the session.
        string path = $"SetEnv PATH={Path.GetDirectoryName(ProductProgram.Sshfn.Path)}:/usr/bin:/bin";
        var requested = new RequestedServer(await EnrolledServer.StartUnenrolledAsync(configuration: path, brokerOptions: brokerOptions));
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

    /// <summary>A folder of the login with one file in it; its path.</summary>
    public async Task<string> MakeFolderAsync(string file)
    {
        string folder = Path.Combine(Server.Sshd.Files.Root, "media");
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, file), file);
        await OwnAsync(folder);
        return folder;
    }

    /// <summary>A repository of the login with a README.md in it; what git clones it by.</summary>
    public async Task<string> MakeRepositoryAsync()
    {
        string bare = Path.Combine(Server.Sshd.Files.Root, "app.git");
        var git = new GitClient();
        using var folder = new TemporaryFolder();
        await git.DoAsync(folder.Path, ["init", "-q", "--bare", "-b", "main", bare]);
        await git.DoAsync(folder.Path, ["init", "-q", "-b", "main", "work"]);
        await git.CommitAsync(folder["work"], "README.md", "# app\n");
        await git.DoAsync(folder["work"], ["push", "-q", bare, "main"]);
        await OwnAsync(bare);
        return $"ssh://{EnrolledServer.Alias}{bare}";
    }

    public async ValueTask DisposeAsync()
    {
        foreach (SshfnUser user in new[] { Alice, Carol, Dave }) user.Dispose();
        await Server.DisposeAsync();
    }

    private async Task OwnAsync(string folder) =>
        (await ProcessRun.ToEndAsync("chown", ["-R", Server.Sshd.Login, folder])).Expect(0);

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
