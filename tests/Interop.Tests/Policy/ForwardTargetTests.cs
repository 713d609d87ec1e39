using System.Net;
using System.Net.Sockets;
using SshFunctions.Api;
using SshFunctions.Interop.Tests.Broker;
using SshFunctions.Support.Broker;
using SshFunctions.Support.Files;
using SshFunctions.Support.Processes;
using SshFunctions.Support.Programs;
using SshFunctions.Support.Ssh;
using SshFunctions.Support.Sshd;

namespace SshFunctions.Interop.Tests.Policy;

/// <summary>Port forwarding reaches what the resource names and nothing else, kept by a stock sshd.</summary>
public sealed class ForwardTargetTests : IAsyncLifetime, IDisposable
{
    private const int Patience = 120_000;
    private const string Host = "web.example.com";
    private const string Resource = "acme/production/web";

    private readonly TemporaryFolder _folder = new();
    private readonly TcpListener _database = new(IPAddress.Loopback, 0);
    private readonly TcpListener _secret = new(IPAddress.Loopback, 0);
    private TestBroker _broker = null!;
    private string _trusted = "";

    public async Task InitializeAsync()
    {
        Greet(_database, "database");
        Greet(_secret, "secret");
        _broker = await TestBroker.StartAsync(_folder);
        _trusted = await _broker.Anonymous.Http.GetStringAsync(new Uri(Routes.UserCaKeys, UriKind.Relative));
    }

    public async Task DisposeAsync() => await _broker.DisposeAsync();

    public void Dispose()
    {
        _database.Dispose();
        _secret.Dispose();
        _folder.Dispose();
    }

    [Fact(Timeout = Patience)]
    public async Task A_named_service_is_reached_and_nothing_else()
    {
        await using TestSshd server = await StartAsync(new SshdPrincipals.FromProgram($"/usr/bin/env {ProductProgram.Sshfn.Path} host principals {Resource} %u %k"));
        SshClient client = await ClientAsync(server);

        Assert.Equal("database", (await client.SshAsync(["-W", $"127.0.0.1:{PortOf(_database)}", Host])).Expect(0).Output.Trim());
        ProcessRun undeclared = await client.SshAsync(["-W", $"127.0.0.1:{PortOf(_secret)}", Host]);
        Assert.NotEqual(0, undeclared.ExitCode);
        Assert.DoesNotContain("secret", undeclared.Output, StringComparison.Ordinal);
        Assert.Contains("administratively prohibited", undeclared.Error, StringComparison.Ordinal);
        Assert.NotEqual(0, (await client.SshAsync(["-W", $"localhost:{PortOf(_secret)}", Host])).ExitCode);
        Assert.NotEqual(0, (await client.SshAsync(["-o", "ExitOnForwardFailure=yes", "-R", $"0:127.0.0.1:{PortOf(_secret)}", Host, "true"])).ExitCode);
        Assert.Equal(server.Login, (await client.RunAsync(Host, ["id", "-un"])).Expect(0).Output.Trim());
    }

    [Fact(Timeout = Patience)]
    public async Task A_host_that_does_not_look_at_the_targets_takes_no_such_certificate()
    {
        await using TestSshd server = await StartAsync(new SshdPrincipals.FromCommand($"echo \"$1@{Resource}\""));
        SshClient client = await ClientAsync(server);
        ProcessRun login = await client.RunAsync(Host, ["id"]);
        Assert.Contains("Permission denied", login.Error, StringComparison.Ordinal);
    }

    [Fact(Timeout = Patience)]
    public async Task A_grant_without_forwarding_still_enters_and_forwards_nothing()
    {
        await using TestSshd server = await StartAsync(new SshdPrincipals.FromProgram($"/usr/bin/env {ProductProgram.Sshfn.Path} host principals {Resource} %u %k"));
        SshClient client = await ClientAsync(server, "pty");
        Assert.Equal(server.Login, (await client.RunAsync(Host, ["id", "-un"])).Expect(0).Output.Trim());
        Assert.NotEqual(0, (await client.SshAsync(["-W", $"127.0.0.1:{PortOf(_database)}", Host])).ExitCode);
    }

    [Fact(Timeout = Patience)]
    public async Task A_certificate_for_another_resource_does_not_enter()
    {
        await using TestSshd server = await StartAsync(
            new SshdPrincipals.FromProgram($"/usr/bin/env {ProductProgram.Sshfn.Path} host principals acme/production/other %u %k"));
        SshClient client = await ClientAsync(server);
        Assert.Contains("Permission denied", (await client.RunAsync(Host, ["id"])).Error, StringComparison.Ordinal);
    }

    private async Task<TestSshd> StartAsync(SshdPrincipals principals)
    {
        TestSshd server = await TestSshd.StartAsync(new SshdSettings { TrustedUserCaKeys = _trusted, Principals = principals });
        await _broker.Admin.PutResourceAsync(
            Resource,
            new ResourceRequest([new HostAddress(Host, server.Port)], [server.Login], Services: [new("database", "127.0.0.1", PortOf(_database))]));
        return server;
    }

    private async Task<SshClient> ClientAsync(TestSshd server, params string[] permissions)
    {
        if (permissions.Length == 0) permissions = ["pty", "port-forwarding"];
        await _broker.Admin.PutAsync<GrantRequest, GrantResponse>(
            "/api/grants/alice", new GrantRequest(Resource, "developer", Subject: "alice", Permissions: permissions));
        BrokerApi alice = await _broker.AsPersonAsync("alice");
        string publicKey = await KeyKind.All["ed25519"].MakeAsync(_folder["alice"]);
        UserCertificateResponse minted = await alice.IssueAsync(publicKey, Resource, server.Login);
        return SshClientConfiguration.With(server, Host, _folder["alice"], _folder.Write("alice-cert.pub", minted.Certificate + "\n"), _folder);
    }

    private static int PortOf(TcpListener listener) => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Says who it is to everybody who connects, until it is stopped.</summary>
    private static void Greet(TcpListener listener, string name)
    {
        listener.Start();
        _ = Task.Run(async () =>
        {
            try
            {
                while (true)
                {
                    using TcpClient client = await listener.AcceptTcpClientAsync();
                    await client.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes(name + "\n"));
                }
            }
            catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException)
            {
                // The test is over.
            }
        });
    }
}
