using SshFunctions.Api;
using SshFunctions.Support.Broker;
using SshFunctions.Support.Proofs;

namespace SshFunctions.Hooks.Tests.Hostile;

/// <summary>Whatever a broker answers: a documented exit code, a clear line, bounded time and memory, and the files as they were.</summary>
[Trait("Proof", "client")]
public sealed class BrokerLieTests : IDisposable
{
    private static readonly string[][] Commands =
    [
        ["cert", "other.example.com", "22", "deploy"], ["cert", "--renew", "web.example.com", "22", "deploy"],
        ["alias", "sshfn.web"], ["ssh", "web"], ["whoami"], ["whoami", "--json"], ["resources"], ["resources", "--json"], ["projects"], ["config-ssh", "--ssh-config", "CONFIG"],
        ["ssh-config"], ["keys", "list"], ["token", "list"], ["grant", "list"], ["host", "list"], ["request", "list"], ["request", "show", "x"], ["explain", "web"], ["code", "web"],
        ["audit", "list"], ["audit", "checkpoints"], ["ca", "status"], ["revocations", "list"], ["login", "--token", "-"],
    ];

    private readonly FakeBroker _broker = new();
    private readonly RawBroker _liar = new();
    private readonly SshfnProgram _sshfn = new();

    [Fact(Timeout = 600_000)]
    public async Task Every_command_ends_clearly_whatever_the_broker_answers()
    {
        await PrepareAsync();
        string[] before = Snapshot();
        List<string> wrong = [];
        // Usually each lie is told to some commands only, others each time the list changes; the whole of it in a long run.
        (BrokerLie Lie, string[] Command)[] cases = [.. from lie in BrokerLie.Quick.Index() from command in Commands.Index() where LongRuns.IsAsked || (lie.Index + command.Index) % 16 == 0 select (lie.Item, command.Item)];
        foreach ((BrokerLie lie, string[] command) in cases)
        {
            _liar.Answer = lie.Tell;
            WatchedRun run = await RunAsync(command);
            if (run.Fault is { } fault)
                wrong.Add(Clear.Describe($"sshfn {string.Join(' ', command)} on {lie}", fault, run.Run));
        }

        int lost = Snapshot().SequenceEqual(before) ? 0 : 1;
        new ProofFigure("client", "broker answers that are none, by command", cases.Length, wrong.Count, lost).Record();
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.Equal(before, Snapshot());
    }

    [Fact(Timeout = 600_000)]
    public async Task No_command_waits_longer_than_its_time_for_a_broker_that_dawdles()
    {
        await PrepareAsync();
        string[][] commands = LongRuns.IsAsked ? Commands : [Commands[1]];
        List<string> wrong = [];
        int tries = 0;
        foreach (BrokerLie lie in LongRuns.IsAsked ? BrokerLie.Slow : [BrokerLie.Slow[1]])
        {
            _liar.Answer = lie.Tell;
            // All at once: they only wait.
            (string[] Command, WatchedRun Run)[] runs = await Task.WhenAll(commands.Select(async command => (command, await RunAsync(command))));
            tries += runs.Length;
            wrong.AddRange(runs.Where(run => run.Run.Fault is not null).Select(run => Clear.Describe($"sshfn {string.Join(' ', run.Command)} on {lie}", run.Run.Fault!, run.Run.Run)));
        }

        new ProofFigure("client", "brokers that dawdle, by command", tries, wrong.Count).Record();
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_list_that_never_ends_is_not_read_for_ever()
    {
        await _sshfn.SignInAsync(_broker);
        int page = 0;
        _broker.On("GET", Routes.VisibleResources, _ => new FakeAnswer(200, $$"""{"items":[],"next":"{{++page}}"}"""));
        WatchedRun run = await RunAsync(["resources"]);
        Assert.Equal(1, run.Run.ExitCode);
        Assert.StartsWith("sshfn: error: the broker's list does not come to an end\n", run.Run.Error, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _broker.Dispose();
        _liar.Dispose();
        _sshfn.Dispose();
    }

    private Task<WatchedRun> RunAsync(string[] command) => WatchedRun.OfAsync(_sshfn, [.. command.Select(word => word == "CONFIG" ? _sshfn.UserConfig : word)]);

    /// <summary>A good certificate lies there; from then on the broker is another one.</summary>
    private async Task PrepareAsync()
    {
        await _sshfn.SignInAsync(_broker);
        (await _sshfn.CertAsync()).Expect(0);
        _sshfn.Variables["SSHFN_BROKER"] = _liar.Address;
        _sshfn.Variables["SSHFN_TOKEN"] = FakeBroker.Token;
    }

    private string[] Snapshot() =>
    [
        .. new[] { _sshfn.Config + "/credentials.json", _sshfn.Destination() + "/current/key", _sshfn.Destination() + "/current/key-cert.pub", _sshfn.UserConfig }
            .Select(path => File.Exists(path) ? File.ReadAllText(path) : "none"),
    ];
}
