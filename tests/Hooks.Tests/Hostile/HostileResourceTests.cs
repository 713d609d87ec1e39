using SshFunctions.Api;
using SshFunctions.Support.Broker;
using SshFunctions.Support.Processes;
using SshFunctions.Support.Proofs;

namespace SshFunctions.Hooks.Tests.Hostile;

/// <summary>A broker that names hosts, logins and ways as it likes: what ssh reads stays ssh's, for the managed hosts alone, and runs nothing.</summary>
[Trait("Proof", "client")]
public sealed class HostileResourceTests : IDisposable
{
    private const string Stranger = "stranger.example.net";

    private readonly FakeBroker _broker = new();
    private readonly SshfnProgram _sshfn = new();
    private int _written;

    private string Canary => _sshfn.Folder["canary"];

    [Fact(Timeout = 600_000)]
    public async Task The_configuration_stays_ssh_s_and_other_hosts_stay_as_they_were()
    {
        await _sshfn.SignInAsync(_broker);
        string[] known = [.. HostileNames.Known(Canary)];
        ProcessRun plain = (await _sshfn.RunOtherAsync("ssh", "-F", "none", "-G", Stranger)).Expect(0);
        int tries = LongRuns.Count(8, 400);
        int wrong = 0;
        _written = 0;
        List<string> findings = [];
        for (int seed = 0; seed < tries; seed++)
        {
            Random random = new(seed);
            Draw(random, known);
            string? fault = await FaultAsync(plain.Output, random);
            if (fault is not null)
                findings.Add($"seed {seed}: {fault}");
            wrong += fault is null ? 0 : 1;
            File.Delete(Canary);
        }

        new ProofFigure("client", "hostile resources in ssh's configuration", tries, wrong).Record();
        Assert.True(wrong == 0, string.Join('\n', findings));
        Assert.True(_written > tries / 4, $"in {_written} of {tries} rounds sshfn wrote a configuration for ssh to read");
    }

    [Theory(Timeout = 60_000)]
    [InlineData("evil\nProxyCommand touch /tmp/x\n/production/web")]
    [InlineData("acme/production/web\n  ProxyCommand touch /tmp/x")]
    [InlineData("acme/production/../web")]
    [InlineData("acme/production/we b")]
    [InlineData("acme//web")]
    public async Task A_path_that_is_none_reaches_no_file(string path)
    {
        await _sshfn.SignInAsync(_broker);
        _broker.Resources = [_broker.Resources[0] with { Path = path }];
        foreach (string[] command in new string[][] { ["alias", "sshfn.production.web"], ["ssh", "web"], ["config-ssh", "--ssh-config", _sshfn.UserConfig] })
        {
            ProcessRun run = await _sshfn.RunAsync(command);
            Assert.True(run.ExitCode is 1 or 4 || path.Contains("..", StringComparison.Ordinal), run.Error);
            Assert.True(Clear.Fault(run) is null, run.Error);
        }

        Assert.DoesNotContain(Written(), text => text.Contains("ProxyCommand", StringComparison.Ordinal));
    }

    [Theory(Timeout = 60_000)]
    [InlineData("*")]
    [InlineData("*.com")]
    [InlineData("?.example.com")]
    [InlineData("!web.example.com")]
    [InlineData("web.example.com,*")]
    public async Task The_host_CA_is_trusted_for_no_host_that_nobody_named(string name)
    {
        await _sshfn.SignInAsync(_broker);
        _broker.HostPatterns = [name];
        _broker.Resources = [_broker.Resources[0] with { Hosts = [new(name), new("web.example.com")] }];
        (await _sshfn.RunAsync("config-ssh", "--ssh-config", _sshfn.UserConfig)).Expect(0);
        (await _sshfn.RunAsync("alias", "sshfn.web")).Expect(0);
        foreach (string file in new[] { _sshfn.Config + "/known_hosts", _sshfn.Home + "/state/aliases/sshfn.web.known_hosts" })
            Assert.Equal(["@cert-authority web.example.com,[web.example.com]:*"], Authorities(file));
    }

    public void Dispose()
    {
        _broker.Dispose();
        _sshfn.Dispose();
    }

    private static string[] Authorities(string file) =>
        [.. File.ReadAllLines(file).Where(line => line.StartsWith('@')).Select(line => string.Join(' ', line.Split(' ')[..2]))];

    private void Draw(Random random, string[] known)
    {
        string Name() => random.Next(3) switch { 0 => known[random.Next(known.Length)], 1 => HostileNames.Draw(random, Canary), _ => "web.example.com" };
        HostAddress[] hosts = [.. Enumerable.Range(0, 4).Select(_ => new HostAddress(Name(), random.Next(-1, 70_000), random.Next(3) == 0 ? random.Next(-1, 3) : null))];
        ResourceResponse Resource(string path) => new(path, [.. hosts, new("web.example.com")], [Name(), "deploy"], random.Next(4) == 0 ? Name() : "sshd", Name(), "enabled", null)
        {
            LoginCommand = Name(),
            Jump = random.Next(3) == 0 ? Name() : null,
            Account = Name(),
        };
        _broker.Resources = [Resource("acme/production/web"), Resource("acme/production/git")];
        _broker.HostPatterns = [Name(), "*." + Name()];
        string keys = $"@cert-authority {Name()} {_broker.Authority.HostCaKey.ToText()}\n@cert-authority * {Name()}\n{Name()}\n@revoked {Name()} ssh-ed25519 {Name()}\n";
        _broker.On("GET", Routes.KnownHosts, _ => new FakeAnswer(200, keys));
        _broker.On("GET", Routes.Me, _ => FakeAnswer.Of(new CallerResponse("person", "alice", [], null, null) { UserName = Name() }, ApiJson.Default.CallerResponse));
        if (Directory.Exists(_sshfn.Home + "/state"))
            File.Delete(_sshfn.Home + "/state/catalog.json");
    }

    private async Task<string?> FaultAsync(string plain, Random random)
    {
        foreach (string[] command in new string[][] { ["config-ssh", "--ssh-config", _sshfn.UserConfig], ["alias", "sshfn.web"], ["ssh", "-G", "web"], ["ssh-config"] })
        {
            ProcessRun run = await _sshfn.RunAsync(command);
            // ssh prints its own configuration under -G.
            if (command[0] != "ssh" && Clear.Fault(run) is { } fault && !(command[0] == "config-ssh" && run.ExitCode == 0))
                return Clear.Describe(string.Join(' ', command), fault, run);
            if (command[0] == "config-ssh" && run.ExitCode != 0)
                return File.Exists(Canary) ? "a command ran" : null;
        }

        _written++;
        ProcessRun stranger = await _sshfn.RunOtherAsync("ssh", "-F", _sshfn.UserConfig, "-G", Stranger);
        if (stranger.ExitCode != 0 || stranger.Output != plain)
            return Clear.Describe("ssh -G of a host that nobody named", "it is not as without sshfn", stranger);
        ProcessRun named = await _sshfn.RunOtherAsync("ssh", "-F", _sshfn.UserConfig, "-o", "ProxyCommand=false", random.Next(2) == 0 ? "sshfn.web" : "deploy@web.example.com", "true");
        if (named.Error.Contains("Bad configuration", StringComparison.Ordinal) || named.Error.Contains("terminating", StringComparison.Ordinal))
            return Clear.Describe("ssh to a host of the broker", "its configuration can't be read", named);
        return File.Exists(Canary) ? "a command ran" : null;
    }

    private IEnumerable<string> Written() => Directory.EnumerateFiles(_sshfn.Home, "*", SearchOption.AllDirectories)
        .Where(path => path.EndsWith(".conf", StringComparison.Ordinal) || path.EndsWith("ssh_config", StringComparison.Ordinal)).Select(File.ReadAllText);
}
