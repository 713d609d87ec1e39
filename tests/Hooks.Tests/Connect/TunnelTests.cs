using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using SshFunctions.Api;
using SshFunctions.Ssh.Certificates;
using SshFunctions.Support.Processes;

namespace SshFunctions.Hooks.Tests.Connect;

/// <summary>Tunnels to declared services, held open by stock ssh on a real server.</summary>
public sealed class TunnelTests : IAsyncLifetime, IDisposable
{
    private const string Id = "acme.production.web-greeter";

    private readonly Servers _servers = new();
    private readonly TcpListener _greeter = new(IPAddress.Loopback, 0);

    private SshfnProgram Sshfn => _servers.Sshfn;

    public async Task InitializeAsync()
    {
        await _servers.InitializeAsync();
        _greeter.Start();
        ResourceResponse web = _servers.ShowWeb();
        _servers.Show(web with { Services = [new("greeter", "127.0.0.1", ((IPEndPoint)_greeter.LocalEndpoint).Port), new("other", "127.0.0.1", 1)] });
    }

    [Fact(Timeout = 120_000)]
    public async Task Reaches_a_declared_service_until_it_is_closed()
    {
        int port = LocalPort((await Sshfn.RunAsync("tunnel", "open", "web", "greeter", "--json")).Expect(0));
        Assert.Equal("hello", await GreetAsync(port));
        ProcessRun list = (await Sshfn.RunAsync("tunnel", "list")).Expect(0);
        Assert.Contains($"{Id}  acme/production/web  greeter  127.0.0.1:", list.Output, StringComparison.Ordinal);
        (await Sshfn.RunAsync("tunnel", "close", Id)).Expect(0);
        await Assert.ThrowsAnyAsync<SocketException>(() => GreetAsync(port));
        Assert.Single((await Sshfn.RunAsync("tunnel", "list")).Expect(0).Output.TrimEnd().Split('\n'));
    }

    [Fact(Timeout = 120_000)]
    public async Task Opens_nothing_twice()
    {
        int port = LocalPort((await Sshfn.RunAsync("tunnel", "open", "web", "greeter", "--json")).Expect(0));
        ProcessRun again = (await Sshfn.RunAsync("tunnel", "open", "web", "greeter", "--json")).Expect(0);
        Assert.Equal(port, LocalPort(again));
        Assert.Equal($"sshfn: {Id} is open already\n", again.Error);
        ProcessRun elsewhere = (await Sshfn.RunAsync("tunnel", "open", "web", "greeter", "--local", $"{(port == 65535 ? 1024 : port + 1)}")).Expect(5);
        Assert.Contains($"the tunnel {Id} is open on 127.0.0.1:{port}", elsewhere.Error, StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task Says_which_port_is_taken()
    {
        int taken = ((IPEndPoint)_greeter.LocalEndpoint).Port;
        ProcessRun run = (await Sshfn.RunAsync("tunnel", "open", "web", "greeter", "--local", $"{taken}")).Expect(1);
        Assert.Contains("Address already in use", run.Error, StringComparison.Ordinal);
        Assert.Contains("hint: leave --local out for a free port", run.Error, StringComparison.Ordinal);
        Assert.Equal("[]", Items((await Sshfn.RunAsync("tunnel", "list", "--json")).Expect(0)).GetRawText());
    }

    [Fact(Timeout = 120_000)]
    public async Task A_service_that_is_down_is_said_and_the_tunnel_waits_for_it()
    {
        ProcessRun run = (await Sshfn.RunAsync("tunnel", "open", "web", "other")).Expect(0);
        Assert.Contains("sshfn: warning: the tunnel stands, but 127.0.0.1:1 does not answer there yet", run.Error, StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_certificate_without_forwarding_opens_none()
    {
        _servers.Broker.Authority.Tamper = content => content with { Extensions = [CertificateOption.PermitPty] };
        ProcessRun run = (await Sshfn.RunAsync("tunnel", "open", "web", "greeter")).Expect(1);
        Assert.Contains("the resource does not let you forward to 127.0.0.1:", run.Error, StringComparison.Ordinal);
        Assert.Equal("[]", Items((await Sshfn.RunAsync("tunnel", "list", "--json")).Expect(0)).GetRawText());
    }

    [Fact(Timeout = 120_000)]
    public async Task Cleans_up_after_an_ssh_that_died()
    {
        (await Sshfn.RunAsync("tunnel", "open", "web", "greeter")).Expect(0);
        JsonElement open = Items((await Sshfn.RunAsync("tunnel", "list", "--json")).Expect(0))[0];
        using (var ssh = System.Diagnostics.Process.GetProcessById(int.Parse(open.GetProperty("process").GetString()!, System.Globalization.CultureInfo.InvariantCulture)))
        {
            ssh.Kill();
            await ssh.WaitForExitAsync();
        }

        Assert.Equal("[]", Items((await Sshfn.RunAsync("tunnel", "list", "--json")).Expect(0)).GetRawText());
        Assert.Equal(["lock"], Directory.GetFiles(Sshfn.Home + "/state/tunnels").Select(Path.GetFileName));
    }

    public async Task DisposeAsync()
    {
        await Sshfn.RunAsync("tunnel", "close", "--all");
        await _servers.DisposeAsync();
    }

    public void Dispose()
    {
        _greeter.Dispose();
        _servers.Dispose();
    }

    private static JsonElement Items(ProcessRun run) => JsonDocument.Parse(run.Output).RootElement.GetProperty("items");

    private static int LocalPort(ProcessRun run) =>
        IPEndPoint.Parse(Items(run)[0].GetProperty("local").GetString()!).Port;

    private async Task<string> GreetAsync(int port)
    {
        using TcpClient client = new();
        await client.ConnectAsync(IPAddress.Loopback, port);
        // The first connection was the tunnel's own, to see that something answers.
        while (true)
        {
            using TcpClient served = await _greeter.AcceptTcpClientAsync();
            await served.GetStream().WriteAsync(Encoding.ASCII.GetBytes("hello"));
            served.Close();
            byte[] answer = new byte[5];
            using CancellationTokenSource patience = new(TimeSpan.FromSeconds(1));
            try
            {
                return Encoding.ASCII.GetString(answer, 0, await client.GetStream().ReadAtLeastAsync(answer, 5, throwOnEndOfStream: false, patience.Token));
            }
            catch (OperationCanceledException)
            {
                // That was not ours yet.
            }
        }
    }
}
