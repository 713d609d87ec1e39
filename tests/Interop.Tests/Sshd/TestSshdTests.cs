using System.Net.Sockets;
using SshFunctions.Support.Files;
using SshFunctions.Support.Git;
using SshFunctions.Support.Processes;
using SshFunctions.Support.Ssh;
using SshFunctions.Support.Sshd;

namespace SshFunctions.Interop.Tests.Sshd;

/// <summary>The harness itself, with certificates made by ssh-keygen: what it lets in and refuses is OpenSSH's doing, not ours.</summary>
public sealed class TestSshdTests : IAsyncLifetime, IDisposable
{
    private const int Patience = 60_000;
    private const string Host = "git.example.com";

    private readonly TemporaryFolder _folder = new();
    private string _caLine = "";

    private string Ca => _folder["ca"];

    private string Key => _folder["key"];

    public async Task InitializeAsync()
    {
        _caLine = await SshKeygen.GenerateAsync(Ca, SshKeygen.Ed25519);
        await SshKeygen.GenerateAsync(Key, SshKeygen.Ed25519);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _folder.Dispose();

    [Fact(Timeout = Patience)]
    public async Task Lets_in_a_certificate_that_names_the_login()
    {
        await using var server = await TestSshd.StartAsync(new SshdSettings { TrustedUserCaKeys = _caLine });
        var client = await ClientOfAsync(server, server.Login);

        var login = (await client.RunAsync(Host, ["id", "-un"])).Expect(0);

        Assert.Equal(server.Login, login.Output.Trim());
        Assert.Contains("ID alice (serial 7) CA ED25519", await server.LogSaysAsync("Accepted publickey for"), StringComparison.Ordinal);
    }

    [Fact(Timeout = Patience)]
    public async Task Refuses_a_certificate_for_another_principal()
    {
        await using var server = await TestSshd.StartAsync(new SshdSettings { TrustedUserCaKeys = _caLine });
        var client = await ClientOfAsync(server, "somebody-else");

        var login = await client.RunAsync(Host, ["true"]);

        Assert.Equal(255, login.ExitCode);
        Assert.Contains("Permission denied (publickey)", login.Error, StringComparison.Ordinal);
        await server.LogSaysAsync("name is not a listed principal");
    }

    [Fact(Timeout = Patience)]
    public async Task Refuses_a_certificate_of_a_stranger_until_it_trusts_that_CA()
    {
        var stranger = _folder["stranger"];
        var strangerLine = await SshKeygen.GenerateAsync(stranger, SshKeygen.Ed25519);
        await using var server = await TestSshd.StartAsync(new SshdSettings { TrustedUserCaKeys = strangerLine });
        var client = await ClientOfAsync(server, server.Login);

        Assert.Equal(255, (await client.RunAsync(Host, ["true"])).ExitCode);
        await server.LogSaysAsync("Failed publickey for");
        server.Trust(strangerLine + _caLine);

        (await client.RunAsync(Host, ["true"])).Expect(0);
    }

    [Theory(Timeout = Patience)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Maps_principals_by_file_and_by_command(bool byFile)
    {
        var principals = byFile
            ? (SshdPrincipals)new SshdPrincipals.FromFile("deploy@acme/production/web")
            : new SshdPrincipals.FromCommand("""[ "$2" = alice ] && [ "$3" = 7 ] && echo deploy@acme/production/web""");
        await using var server = await TestSshd.StartAsync(new SshdSettings { TrustedUserCaKeys = _caLine, Principals = principals });

        var mapped = await ClientOfAsync(server, "deploy@acme/production/web");
        (await mapped.RunAsync(Host, ["true"])).Expect(0);
        var bare = await ClientOfAsync(server, server.Login);

        Assert.Equal(255, (await bare.RunAsync(Host, ["true"])).ExitCode);
    }

    [Fact(Timeout = Patience)]
    public async Task Obeys_a_revocation_list_that_changes_under_it()
    {
        var nobody = await SshKeygen.MakeRevocationListAsync(Ca, "");
        await using var server = await TestSshd.StartAsync(new SshdSettings { TrustedUserCaKeys = _caLine, RevokedKeys = nobody });
        var client = await ClientOfAsync(server, server.Login);

        (await client.RunAsync(Host, ["true"])).Expect(0);
        server.Revoke(await SshKeygen.MakeRevocationListAsync(Ca, "serial: 7\n"));

        Assert.Equal(255, (await client.RunAsync(Host, ["true"])).ExitCode);
        await server.LogSaysAsync("revoked by file");
    }

    [Fact(Timeout = Patience)]
    public async Task Shows_a_host_certificate_that_a_client_checks()
    {
        var hostCa = _folder["host_ca"];
        var hostCaLine = await SshKeygen.GenerateAsync(hostCa, SshKeygen.Ed25519);
        await using var server = await TestSshd.StartAsync(new SshdSettings
        {
            TrustedUserCaKeys = _caLine,
            CertifyHostKey = (key, cancellationToken) => SshKeygen.SignHostAsync(hostCa, key, Host, cancellationToken),
        });

        var trusting = await ClientOfAsync(server, server.Login, $"@cert-authority * {hostCaLine}");
        (await trusting.RunAsync(Host, ["true"])).Expect(0);
        var wary = await ClientOfAsync(server, server.Login, $"@cert-authority * {_caLine}");

        Assert.Contains("Host key verification failed", (await wary.RunAsync(Host, ["true"])).Error, StringComparison.Ordinal);
    }

    [Fact(Timeout = Patience)]
    public async Task Takes_and_gives_files_by_scp_sftp_and_rsync()
    {
        await using var server = await TestSshd.StartAsync(new SshdSettings { TrustedUserCaKeys = _caLine });
        var client = await ClientOfAsync(server, server.Login);
        var sent = _folder.Write("sent", "over the wire\n");
        var remote = server.Files;

        (await client.ScpAsync([sent, $"{Host}:{remote}/by-scp"])).Expect(0);
        (await client.SftpAsync(Host, $"put {sent} {remote}/by-sftp\nget {remote}/by-scp {_folder["back"]}\n")).Expect(0);
        (await client.RsyncAsync([sent, $"{Host}:{remote}/by-rsync"])).Expect(0);

        Assert.Equal("over the wire\n", await File.ReadAllTextAsync(_folder["back"]));
        Assert.Equal("over the wire\n", await File.ReadAllTextAsync(Path.Combine(remote, "by-sftp")));
        Assert.Equal("over the wire\n", await File.ReadAllTextAsync(Path.Combine(remote, "by-rsync")));
    }

    [Fact(Timeout = Patience)]
    public async Task Serves_git_clone_fetch_and_push()
    {
        await using var server = await TestSshd.StartAsync(new SshdSettings { TrustedUserCaKeys = _caLine });
        var repository = await GitRepository.CreateAsync(server, "app");
        var git = new GitClient((await ClientOfAsync(server, server.Login)).GitEnvironment);

        await git.DoAsync(_folder.Path, ["clone", "-q", repository.Url(Host), "first"]);
        await git.DoAsync(_folder.Path, ["clone", "-q", repository.Url(Host), "second"]);
        var commit = await git.CommitAsync(_folder["first"], "news", "from the first\n");
        await git.DoAsync(_folder["first"], ["push", "-q", "origin", GitRepository.Branch]);
        await git.DoAsync(_folder["second"], ["fetch", "-q"]);

        Assert.Equal(commit, await repository.HeadAsync());
        Assert.Equal(commit, await git.DoAsync(_folder["second"], ["rev-parse", "origin/main"]));
    }

    [Fact(Timeout = Patience)]
    public async Task Serves_submodules_to_parallel_clones()
    {
        await using var server = await TestSshd.StartAsync(new SshdSettings { TrustedUserCaKeys = _caLine });
        var repository = await GitRepository.CreateAsync(server, "app", submoduleCount: 3);
        var git = new GitClient((await ClientOfAsync(server, server.Login)).GitEnvironment);

        await git.DoAsync(_folder.Path, ["clone", "-q", "--recurse-submodules", "-j3", repository.Url(Host), "copy"]);

        Assert.All(Enumerable.Range(1, 3), number => Assert.True(File.Exists(_folder[$"copy/module-{number}/README.md"])));
    }

    [Fact(Timeout = Patience)]
    public async Task Leaves_nothing_behind_though_a_session_is_open()
    {
        var server = await TestSshd.StartAsync(new SshdSettings { TrustedUserCaKeys = _caLine });
        var client = await ClientOfAsync(server, server.Login);
        var meeting = Path.Combine(server.Files, "meeting");
        (await ProcessRun.ToEndAsync("mkfifo", [meeting])).Expect(0);
        await server.OwnFilesAsync();
        // A number no other process has: the port, in days.
        var work = $"sleep {server.Port}d";
        var lasting = client.RunAsync(Host, [$"echo here > {meeting}; exec {work}"]);
        (await client.RunAsync(Host, [$"cat {meeting}"])).Expect(0);

        await server.DisposeAsync();

        Assert.NotEqual(0, (await lasting).ExitCode);
        Assert.False(await ListensAsync(server.Port));
        Assert.False(Directory.Exists(server.Folder));
        Assert.Equal(1, (await ProcessRun.ToEndAsync("pgrep", ["-f", work])).ExitCode);
        // An account made for the server is gone; one that was there before stays.
        Assert.Equal(Environment.IsPrivilegedProcess ? 1 : 0, (await ProcessRun.ToEndAsync("id", [server.Login])).ExitCode);
    }

    private async Task<SshClient> ClientOfAsync(TestSshd server, string principals, string? knownHosts = null)
    {
        var certificate = await SshKeygen.SignUserAsync(Ca, Key, "alice", serial: 7, principals);
        return SshClientConfiguration.With(server, Host, Key, certificate, _folder, knownHosts);
    }

    private static async Task<bool> ListensAsync(int port)
    {
        using var socket = new TcpClient();
        try
        {
            await socket.ConnectAsync("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
