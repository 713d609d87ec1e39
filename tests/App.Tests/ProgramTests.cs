using System.Net;
using SshFunctions.Api;
using SshFunctions.App.Tests.Brokers;
using SshFunctions.Support.Files;
using SshFunctions.Support.Processes;

namespace SshFunctions.App.Tests;

public sealed class ProgramTests
{
    [Theory(Timeout = 60_000)]
    [InlineData("", "no command", "serve --data DIR")]
    [InlineData("srve", "unknown command \"srve\"", "--help")]
    [InlineData("serve", "--data is missing", "--data /var/lib/sshfn")]
    [InlineData("manifest", "takes one directory", "manifest DIR")]
    [InlineData("manifest --force", "takes one directory", "manifest DIR")]
    [InlineData("serve --data /d --nope", "unknown option --nope", "--help")]
    [InlineData("serve --data /d --listen http://0.0.0.0:0", "in the clear over the network", "--allow-plain-http-on-the-network")]
    public async Task Exits_2_on_what_it_was_told_wrongly(string arguments, string error, string hint)
    {
        ProcessRun run = (await RunAsync(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries))).Expect(2);

        string[] lines = run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.StartsWith("sshfn-broker: error: ", lines[0], StringComparison.Ordinal);
        Assert.Contains(error, lines[0], StringComparison.Ordinal);
        Assert.StartsWith("sshfn-broker: hint: ", lines[1], StringComparison.Ordinal);
        Assert.Contains(hint, lines[1], StringComparison.Ordinal);
        Assert.Equal("", run.Output);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("--help", "--allow-plain-http-on-the-network")]
    [InlineData("serve --help", "--data DIR")]
    [InlineData("--version", "sshfn-broker 0.1.0")]
    public async Task Answers_questions_about_itself_on_stdout(string arguments, string output)
    {
        ProcessRun run = (await RunAsync(arguments.Split(' '))).Expect(0);

        Assert.Contains(output, run.Output, StringComparison.Ordinal);
        Assert.Equal("", run.Error);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("backup --help", "SSHFN_BROKER_DATA")]
    [InlineData("restore -h", "DIR must not be there yet")]
    [InlineData("try-ticket --tickets --help", "{/issue/key}")]
    [InlineData("admin-token --help", "--admin-token-hash")]
    [InlineData("manifest --help", "manifest DIR")]
    public async Task Tells_of_one_command_what_it_takes_and_of_no_other(string arguments, string output)
    {
        ProcessRun run = (await RunAsync(arguments.Split(' '))).Expect(0);

        Assert.StartsWith($"  sshfn-broker {arguments.Split(' ')[0]} ", run.Output, StringComparison.Ordinal);
        Assert.Contains(output, run.Output, StringComparison.Ordinal);
        Assert.Equal("", run.Error);
        Assert.InRange(run.Output.Split('\n').Length, 3, 8);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task Serves_until_it_is_told_to_stop_and_exits_0(string signal)
    {
        using var folder = new TemporaryFolder();
        using var broker = BrokerProcess.Start("serve", "--data", folder.Path, "--listen", "http://127.0.0.1:0");
        var url = new Uri((await broker.ReadToAsync("Listening")).GetProperty("url").GetString()!);
        using var http = new HttpClient();
        using HttpResponseMessage response = await http.GetAsync(new Uri(url, Routes.Health));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);

        Assert.Equal(0, await broker.SignalAsync(signal));
    }

    [Fact(Timeout = 60_000)]
    public async Task Warns_of_plain_HTTP_on_the_network()
    {
        using var folder = new TemporaryFolder();
        using var broker = BrokerProcess.Start("serve", "--data", folder.Path, "--listen", "http://0.0.0.0:0", "--allow-plain-http-on-the-network");

        Assert.Equal("warning", (await broker.ReadToAsync("PlainHttpOnTheNetwork")).GetProperty("level").GetString());
    }

    [Fact(Timeout = 60_000)]
    public async Task Exits_1_when_another_process_has_the_address()
    {
        using var folder = new TemporaryFolder();
        using var first = BrokerProcess.Start("serve", "--data", folder.Path, "--listen", "http://127.0.0.1:0");
        string url = (await first.ReadToAsync("Listening")).GetProperty("url").GetString()!;

        using var otherFolder = new TemporaryFolder();

        ProcessRun second = (await RunAsync("serve", "--data", otherFolder.Path, "--listen", url)).Expect(1);

        Assert.Contains("address already in use", second.Error, StringComparison.Ordinal);
    }

    private static Task<ProcessRun> RunAsync(params string[] arguments) => ProcessRun.ToEndAsync(BrokerProcess.Executable, arguments);
}
