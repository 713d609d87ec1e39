using System.Globalization;
using System.Net.Sockets;
using SshFunctions.Api;
using SshFunctions.Support.Broker;
using SshFunctions.Support.Files;
using SshFunctions.Support.Git;
using SshFunctions.Support.Processes;
using SshFunctions.Support.Sshd;
using SshFunctions.Support.Sshfn;

namespace SshFunctions.Interop.Tests.Tunnel;

/// <summary>A host behind NAT, in a network of its own: it dials out to a bastion, and people reach it by its own name.</summary>
public sealed class ReverseTunnelTests : IAsyncLifetime, IDisposable
{
    private const int Patience = 300_000;
    private const string BastionPath = "acme/production/bastion";
    private const string BoxPath = "acme/lab/box";
    private const string Name = "box.lan";

    // The box knows the broker by an address of its own network, which leads out as its NAT does.
    private const string Relay = """
        const net = require('net'), [from, to] = process.argv.slice(1);
        const place = text => text.includes('/') ? { path: text } : { host: text.split(':')[0], port: +text.split(':')[1] };
        net.createServer(client => {
          const server = net.connect(place(to));
          client.pipe(server).pipe(client);
          client.on('error', () => server.destroy());
          server.on('error', () => client.destroy());
        }).listen(place(from));
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly SshfnUser _alice = new();
    private readonly int _listenPort = LoopbackPort.Free();
    private readonly int _brokerPort = LoopbackPort.Free();
    private readonly List<BackgroundProgram> _programs = [];
    private TwoNetworks _networks = null!;
    private TestBroker _broker = null!;
    private EnrollableSshd _bastion = null!;
    private EnrollableSshd _box = null!;

    public async Task InitializeAsync()
    {
        _networks = await TwoNetworks.MakeAsync();
        _broker = await TestBroker.StartAsync(_folder);
        _bastion = await EnrollableSshd.StartAsync($"ListenAddress {_networks.OutsideAddress}");
        _box = await EnrollableSshd.StartAsync(network: _networks.Inside);
        string socket = _folder["broker.sock"];
        Run("node", "-e", Relay, socket, _broker.Url.Authority);
        Run("ip", "netns", "exec", _networks.Inside, "node", "-e", Relay, string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_brokerPort}"), socket);
        await PutTreeAsync();
        await _bastion.EnrollAsync(_broker.Url.GetLeftPart(UriPartial.Authority), await EnrollmentTokenAsync(BastionPath));
        await _box.EnrollAsync(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_brokerPort}"), await EnrollmentTokenAsync(BoxPath));
        await _alice.SignInAsync(_broker, await _broker.Admin.CreateTokenAsync("alice"));
        await _alice.ConfigureSshAsync();
    }

    public async Task DisposeAsync()
    {
        _programs.ForEach(program => program.Dispose());
        await _box.DisposeAsync();
        await _bastion.DisposeAsync();
        await _broker.DisposeAsync();
    }

    public void Dispose()
    {
        _networks.Dispose();
        _alice.Dispose();
        _folder.Dispose();
    }

    [Fact(Timeout = Patience)]
    public async Task Git_clones_through_the_tunnel_also_after_the_bastion_was_restarted()
    {
        string repository = await MakeRepositoryAsync();
        var git = new GitClient(_alice.WithOwnSsh);
        Assert.False(await ReachesAsync("127.0.0.1", _box.Port));
        Assert.NotEqual(0, (await CloneAsync(git, repository, "before")).ExitCode);

        KeepTunnel();
        await OpenAsync();
        (await CloneAsync(git, repository, "first")).Expect(0);
        Assert.Equal("hello from behind NAT\n", await File.ReadAllTextAsync(_alice["first/README"]));

        await _bastion.RestartAsync();
        await OpenAsync();
        (await CloneAsync(git, repository, "second")).Expect(0);
        JournalEntryResponse[] mints = [.. (await _broker.Admin.JournalAsync("certificate.issued")).Where(entry => entry.Subject.StartsWith("host:", StringComparison.Ordinal))];
        Assert.Single(mints);
    }

    [Fact(Timeout = Patience)]
    public async Task The_tunnels_certificate_opens_its_port_and_nothing_else()
    {
        KeepTunnel();
        await OpenAsync();
        string folder = _box.Files.Folder;
        string[] Ssh(params string[] arguments) =>
        [
            "netns", "exec", _networks.Inside, "ssh", "-F", "none", "-i", folder + "/tunnel_key", "-o", "IdentitiesOnly=yes", "-o", "BatchMode=yes",
            "-o", $"CertificateFile={folder}/tunnel_key-cert.pub", "-o", $"UserKnownHostsFile={folder}/tunnel_known_hosts", "-o", "ExitOnForwardFailure=yes",
            "-p", _bastion.Port.ToString(CultureInfo.InvariantCulture), .. arguments,
        ];
        string bastion = $"{_bastion.Login}@{_networks.OutsideAddress}";

        ProcessRun shell = await ProcessRun.ToEndAsync("ip", Ssh(bastion, "id"));
        Assert.Equal((1, ""), (shell.ExitCode, shell.Output));
        Assert.NotEqual(0, (await ProcessRun.ToEndAsync("ip", Ssh("-W", $"127.0.0.1:{_bastion.Port}", bastion))).ExitCode);
        ProcessRun other = await ProcessRun.ToEndAsync("ip", Ssh("-N", "-R", $"127.0.0.1:{LoopbackPort.Free()}:127.0.0.1:22", bastion));
        Assert.Contains("remote port forwarding failed", other.Error, StringComparison.Ordinal);
        ProcessRun socket = await ProcessRun.ToEndAsync("ip", Ssh("-N", "-R", $"{_bastion.Files.Root}/files/socket:127.0.0.1:22", bastion));
        Assert.Contains("remote port forwarding failed", socket.Error, StringComparison.Ordinal);
        ProcessRun wide = await ProcessRun.ToEndAsync("ip", Ssh("-N", "-R", string.Create(CultureInfo.InvariantCulture, $"0.0.0.0:{_listenPort}:127.0.0.1:22"), bastion));
        Assert.NotEqual(0, wide.ExitCode);
        Assert.False(await _networks.InsideReachesAsync(_networks.OutsideAddress, _listenPort));
    }

    private async Task PutTreeAsync()
    {
        await _broker.Admin.PutResourceAsync(BastionPath, new ResourceRequest([new HostAddress(_networks.OutsideAddress, _bastion.Port)], [_bastion.Login]));
        await _broker.Admin.PutResourceAsync(BoxPath, new ResourceRequest(
            [new HostAddress(Name, 22)], [_box.Login], Tunnel: new ReverseTunnel(BastionPath, _bastion.Login, _listenPort)));
        await _broker.Admin.GrantAsync("alice-box", "alice", BoxPath);
        await _broker.Admin.PutAsync<GrantRequest, GrantResponse>($"{Routes.Grants}/alice-bastion", new GrantRequest(
            BastionPath, "developer", "alice", Permissions: ["port-forwarding"], ForwardTargets: [string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_listenPort}")]));
    }

    private async Task<string> EnrollmentTokenAsync(string resource) => (await _broker.Admin.PostAsync<CreateEnrollmentTokenRequest, CreatedEnrollmentTokenResponse>(
        Routes.EnrollmentTokens, new CreateEnrollmentTokenRequest(resource))).Token;

    private async Task<string> MakeRepositoryAsync()
    {
        string bare = _box.Files.Root + "/files/app.git";
        var git = new GitClient();
        await git.DoAsync(_folder.Path, ["init", "-q", "-b", "main", "seed"]);
        await git.CommitAsync(_folder["seed"], "README", "hello from behind NAT\n");
        await git.DoAsync(_folder.Path, ["clone", "-q", "--bare", "seed", bare]);
        (await ProcessRun.ToEndAsync("chown", ["-R", _box.Login, bare])).Expect(0);
        return $"ssh://{_box.Login}@{Name}{bare}";
    }

    private Task<ProcessRun> CloneAsync(GitClient git, string repository, string into) => git.RunAsync(_alice.Folder, ["clone", "-q", repository, into]);

    private void KeepTunnel() => _programs.Add(BackgroundProgram.Start(
        [.. _box.HostCommand("tunnel"), "--to", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_box.Port}")]));

    private void Run(params string[] command) => _programs.Add(BackgroundProgram.Start(command));

    /// <summary>Until the bastion's port leads to the box; each knock waits for the one before.</summary>
    private async Task OpenAsync()
    {
        while (!await ReachesAsync("127.0.0.1", _listenPort)) await Task.Yield();
    }

    private static async Task<bool> ReachesAsync(string host, int port)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(host, port);
            using var reader = new StreamReader(client.GetStream());
            return (await reader.ReadLineAsync())?.StartsWith("SSH-2.0-", StringComparison.Ordinal) == true;
        }
        catch (Exception error) when (error is SocketException or IOException)
        {
            return false;
        }
    }
}
