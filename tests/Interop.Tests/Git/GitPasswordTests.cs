using System.Net;
using SshFunctions.Api;
using SshFunctions.Support.Broker;
using SshFunctions.Support.Files;
using SshFunctions.Support.Git;
using SshFunctions.Support.Processes;
using SshFunctions.Support.Programs;
using SshFunctions.Support.Sshfn;

namespace SshFunctions.Interop.Tests.Git;

/// <summary>git over HTTP with the credential helper: the stock git, the stock git http-backend, the real broker and sshfn.</summary>
public sealed class GitPasswordTests : IAsyncLifetime, IDisposable
{
    private const int Patience = 120_000;
    private const string Resource = "acme/production/git";

    private readonly TemporaryFolder _folder = new();
    private readonly SshfnUser _alice = new();
    private readonly GitHttpServer _server;
    private TestBroker _broker = null!;

    public GitPasswordTests()
    {
        Directory.CreateDirectory(_folder["repositories"]);
        _server = new GitHttpServer(_folder["repositories"]);
    }

    private string Url => $"{_server.Address}/app.git";

    private GitClient Git => new(_alice.Environment);

    public async Task InitializeAsync()
    {
        await Git.DoAsync(_folder.Path, ["init", "-q", "-b", GitRepository.Branch, _folder["work"]]);
        await Git.CommitAsync(_folder["work"], "README.md", "# app\n");
        await Git.DoAsync(_folder.Path, ["clone", "-q", "--bare", _folder["work"], _folder["repositories/app.git"]]);
        _broker = await TestBroker.StartAsync(_folder);
        await SwitchAsync("enabled");
        await _broker.Admin.GrantAsync("alice-git", "alice", Resource);
        await _broker.Admin.PutAsync<GrantRequest, GrantResponse>($"{Routes.Grants}/git-server", new GrantRequest(Resource, "auditor", Subject: "git-server"));
        _server.Serve(_broker.As(await TokenAsync("service", "git-server")), Resource);
        await _alice.SignInAsync(_broker, await _broker.Admin.CreateTokenAsync("alice"));
    }

    public async Task DisposeAsync() => await _broker.DisposeAsync();

    public void Dispose()
    {
        _server.Dispose();
        _alice.Dispose();
        _folder.Dispose();
    }

    [Fact(Timeout = Patience)]
    public async Task Clones_and_pushes_through_the_helper_and_writes_no_password_down()
    {
        await SetUpAsync();
        await Git.DoAsync(_alice.Folder, ["clone", "-q", Url, "copy"]);
        string commit = await Git.CommitAsync(_alice["copy"], "news", "from alice\n");
        await Git.DoAsync(_alice["copy"], ["push", "-q", "origin", GitRepository.Branch]);
        Assert.Equal(commit, await Git.DoAsync(_folder["repositories/app.git"], ["rev-parse", GitRepository.Branch]));
        Assert.All(_server.Checks, check => Assert.Equal(HttpStatusCode.OK, check));
        string id = (await _broker.Admin.JournalAsync("git-password.issued"))[0].Details.GetProperty("password").GetString()!;
        foreach (string file in Directory.EnumerateFiles(_alice.Folder, "*", SearchOption.AllDirectories))
            Assert.DoesNotContain(id, await File.ReadAllTextAsync(file), StringComparison.Ordinal);
    }

    [Fact(Timeout = Patience)]
    public async Task A_password_that_is_refused_is_erased_by_git_and_asked_for_anew()
    {
        string[] helpers = ["-c", "credential.helper=", "-c", $"credential.helper=store --file '{_alice["kept"]}'", "-c", $"credential.helper=!{ProductProgram.Sshfn.Path} git-credential"];
        await Git.DoAsync(_alice.Folder, [.. helpers, "clone", "-q", Url, "first"]);
        string kept = await File.ReadAllTextAsync(_alice["kept"]);
        Assert.Contains("git:", kept, StringComparison.Ordinal);

        await SwitchAsync("disabled");
        ProcessRun off = await Git.RunAsync(_alice.Folder, [.. helpers, "clone", "-q", Url, "second"]);
        Assert.NotEqual(0, off.ExitCode);
        Assert.Equal(HttpStatusCode.Forbidden, _server.Checks[^1]);
        Assert.Empty(await File.ReadAllTextAsync(_alice["kept"]));

        await SwitchAsync("enabled");
        await Git.DoAsync(_alice.Folder, [.. helpers, "clone", "-q", Url, "third"]);
        Assert.NotEqual(kept, await File.ReadAllTextAsync(_alice["kept"]));
        Assert.Equal(2, (await _broker.Admin.JournalAsync("git-password.issued")).Count);
    }

    [Fact(Timeout = Patience)]
    public async Task Is_refused_with_the_reason_once_SSH_is_switched_off()
    {
        await SetUpAsync();
        await SwitchAsync("disabled");
        ProcessRun run = await Git.RunAsync(_alice.Folder, ["clone", "-q", Url, "copy"]);
        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains($"sshfn: error: SSH is disabled on resource {Resource}\n", run.Error, StringComparison.Ordinal);
        Assert.Single(await _broker.Admin.JournalAsync("git-password.refused"));
    }

    [Fact(Timeout = Patience)]
    public async Task Says_nothing_of_servers_that_are_no_resource_so_that_git_goes_on()
    {
        foreach (string host in (string[])["protocol=https\nhost=github.com\n\n", $"protocol=https\nhost=127.0.0.1:{_server.Port + 1}\n", "protocol=http\nhost=git.example.com\n", "protocol=ssh\nhost=x\n", "host=\n", ""])
        {
            ProcessRun run = (await _alice.RunAsync(host, ["git-credential", "get"])).Expect(0);
            Assert.Equal("", run.Output + run.Error);
        }
    }

    [Fact(Timeout = Patience)]
    public async Task Only_a_server_with_a_role_on_the_resource_checks_passwords_and_learns_nothing_of_others()
    {
        ProcessRun run = (await _alice.RunAsync($"protocol=http\nhost=127.0.0.1:{_server.Port}\n\n", ["git-credential", "get"])).Expect(0);
        string password = run.Output.Split('\n').Single(line => line.StartsWith("password=", StringComparison.Ordinal))["password=".Length..];
        await _broker.Admin.PutAsync<GrantRequest, GrantResponse>($"{Routes.Grants}/person", new GrantRequest(Resource, "auditor", Subject: "bob"));
        string[] outsiders = [await TokenAsync("person", "bob"), await TokenAsync("service", "stranger")];
        foreach (string token in outsiders)
            Assert.Equal(HttpStatusCode.Forbidden, await CheckAsync(_broker.As(token), Resource, password));
        BrokerApi server = _broker.As(await TokenAsync("service", "git-server"));
        Assert.Equal(HttpStatusCode.OK, await CheckAsync(server, Resource, password));
        Assert.Equal(HttpStatusCode.Forbidden, await CheckAsync(server, Resource, password[..^1] + "!"));
        await _broker.Admin.PostAsync<RevokeAccessRequest, RevokedResponse>(Routes.Revocations, new RevokeAccessRequest("lost", Subject: "alice"));
        Assert.Equal(HttpStatusCode.Forbidden, await CheckAsync(server, Resource, password));
        Assert.DoesNotContain(password.Split('.')[1], _broker.Log, StringComparison.Ordinal);
    }

    private static async Task<HttpStatusCode> CheckAsync(BrokerApi api, string resource, string password)
    {
        using HttpResponseMessage answer = await api.SendAsync(
            HttpMethod.Post, Routes.GitPasswordCheck, $$"""{"resource":"{{resource}}","userName":"git","password":"{{password}}"}""");
        return answer.StatusCode;
    }

    private async Task<string> TokenAsync(string kind, string subject) => (await _broker.Admin.PostAsync<CreateAccessTokenRequest, CreatedAccessTokenResponse>(
        Routes.Tokens, new CreateAccessTokenRequest("git", kind, subject))).Token;

    private Task SwitchAsync(string state) => _broker.Admin.PutResourceAsync(
        Resource, new ResourceRequest([new HostAddress("127.0.0.1", _server.Port)], ["git"], SshSwitch: state));

    /// <summary>What <c>git-setup --https</c> writes, for the plain HTTP that a test may use on loopback.</summary>
    private async Task SetUpAsync()
    {
        (await _alice.RunAsync("git-setup", "--https", $"127.0.0.1:{_server.Port}")).Expect(0);
        string configuration = await File.ReadAllTextAsync(_alice["gitconfig"]);
        await File.WriteAllTextAsync(_alice["gitconfig"], configuration.Replace("https://127", "http://127", StringComparison.Ordinal));
    }
}
