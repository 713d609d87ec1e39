using System.Globalization;
using System.Net;
using System.Net.Sockets;
using SshFunctions.Support.Broker;
using SshFunctions.Support.Files;
using SshFunctions.Support.Processes;
using SshFunctions.Support.Programs;

namespace SshFunctions.Interop.Tests.Broker;

/// <summary>What the broker refuses to start with, as its operator sees it.</summary>
public sealed class StartTests : IDisposable
{
    private const int Patience = 120_000;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact(Timeout = Patience)]
    public async Task Refuses_a_data_directory_that_another_broker_has_and_names_its_process()
    {
        await using var first = await TestBroker.StartAsync(_folder);

        ProcessRun second = await RunAsync("serve", "--data", first.Data, "--listen", "http://127.0.0.1:0");

        Assert.Equal(1, second.ExitCode);
        Assert.Contains($"is in use by process {first.ProcessId}", second.Error, StringComparison.Ordinal);
        Assert.Contains("hint: stop it, or choose another data directory", second.Error, StringComparison.Ordinal);
        await first.Admin.GetAsync<Api.CallerResponse>(Api.Routes.Me);
    }

    [Theory(Timeout = Patience)]
    [InlineData("store.db")]
    [InlineData("keys/user-ca")]
    [InlineData("keys/host-ca")]
    [InlineData("keys/journal")]
    public async Task Refuses_to_make_anew_what_a_used_data_directory_has_lost(string name)
    {
        await using (var broker = await TestBroker.StartAsync(_folder)) await broker.StopAsync();
        string lost = Path.Combine(TestBroker.DataOf(_folder), name);
        File.Delete(lost);

        ProcessRun run = await RunAsync("serve", "--data", TestBroker.DataOf(_folder), "--listen", "http://127.0.0.1:0");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"{lost} is gone", run.Error, StringComparison.Ordinal);
        Assert.Contains("restore it from a backup", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(lost));
    }

    [Theory(Timeout = Patience)]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("http://*:0")]
    [InlineData("http://[::]:0")]
    [InlineData("http://192.0.2.1:8022")]
    public async Task Refuses_plain_http_that_others_can_reach_and_names_the_option(string address)
    {
        ProcessRun run = await RunAsync("serve", "--data", _folder["data"], "--listen", address);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"--listen {address} would carry access tokens in the clear", run.Error, StringComparison.Ordinal);
        Assert.Contains("--allow-plain-http-on-the-network", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["data"]));
    }

    [Fact(Timeout = Patience)]
    public async Task Serves_plain_http_to_others_when_told_to_and_warns()
    {
        await using var broker = await TestBroker.StartAsync(
            _folder, ["--listen", "http://0.0.0.0:0", "--allow-plain-http-on-the-network"]);

        Assert.Contains("\"event\":\"PlainHttpOnTheNetwork\"", broker.Log, StringComparison.Ordinal);
    }

    [Theory(Timeout = Patience)]
    [InlineData("no command", "no command", "")]
    [InlineData("an unknown command", "unknown command", "start")]
    [InlineData("no data directory", "--data", "serve")]
    [InlineData("an unknown option", "--speed", "serve --data DIR --speed 9")]
    [InlineData("an option without its value", "--data", "serve --data")]
    [InlineData("an address that is none", "--listen", "serve --data DIR --listen ftp://127.0.0.1:0")]
    [InlineData("a number that is none", "--maximum-body-bytes", "serve --data DIR --maximum-body-bytes many")]
    [InlineData("a number out of bounds", "--maximum-certificate-seconds", "serve --data DIR --maximum-certificate-seconds 1")]
    [InlineData("https without a certificate", "--tls-certificate", "serve --data DIR --listen https://127.0.0.1:0")]
    [InlineData("a certificate without its key", "--tls-key", "serve --data DIR --listen https://127.0.0.1:0 --tls-certificate DIR.pem")]
    [InlineData("a settings file that is not there", "config", "serve --data DIR --config DIR.json")]
    public async Task Ends_with_2_and_says_what_is_wrong_with(string defect, string names, string arguments)
    {
        ProcessRun run = await RunAsync(arguments.Replace("DIR", _folder["data"], StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.True(run.ExitCode == 2, $"{defect}: exit code {run.ExitCode}\n{run.Error}");
        string[] lines = run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("sshfn-broker: error: ", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("sshfn-broker: hint: ", lines[1], StringComparison.Ordinal);
        Assert.Contains(names, lines[0], StringComparison.Ordinal);
        Assert.Empty(run.Output);
        Assert.False(Directory.Exists(_folder["data"]));
    }

    [Theory(Timeout = Patience)]
    [InlineData("open to everyone")]
    [InlineData("a key file that others read")]
    [InlineData("a key file that is no key")]
    public async Task Refuses_a_data_directory_that_is_not_safe(string defect)
    {
        string data = _folder["data"];
        const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        Directory.CreateDirectory(data, defect == "open to everyone" ? Private | UnixFileMode.OtherRead | UnixFileMode.OtherExecute : Private);
        string keys = Directory.CreateDirectory(Path.Combine(data, "keys"), Private).FullName;
        string key = Path.Combine(keys, "user-ca");
        if (defect == "a key file that others read")
        {
            await KeyKind.All["ed25519"].MakeAsync(key);
            File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        }
        else if (defect == "a key file that is no key")
        {
            _folder.Write("data/keys/user-ca", "no key\n");
        }

        ProcessRun run = await RunAsync("serve", "--data", data, "--listen", "http://127.0.0.1:0");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(defect == "open to everyone" ? data : key, run.Error, StringComparison.Ordinal);
        Assert.Contains("sshfn-broker: hint: ", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(data, "bootstrap-token")));
    }

    [Fact(Timeout = Patience)]
    public async Task Ends_with_1_when_another_process_has_the_port()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        string port = ((IPEndPoint)taken.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);

        ProcessRun run = await RunAsync("serve", "--data", _folder["data"], "--listen", $"http://127.0.0.1:{port}");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(port, run.Error, StringComparison.Ordinal);
    }

    [Fact(Timeout = Patience)]
    public async Task Ends_with_0_when_told_to_stop_and_starts_again_on_what_it_kept()
    {
        await using var first = await TestBroker.StartAsync(_folder);
        string token = await first.Admin.CreateTokenAsync("alice");
        (int exitCode, _) = await first.StopAsync();
        Assert.Equal(0, exitCode);

        await using var second = await TestBroker.StartAsync(_folder);

        Assert.Equal("alice", (await second.As(token).GetAsync<Api.CallerResponse>(Api.Routes.Me)).Subject);
    }

    private static Task<ProcessRun> RunAsync(params string[] arguments) => ProcessRun.ToEndAsync(ProductProgram.Broker.Path, arguments);
}
