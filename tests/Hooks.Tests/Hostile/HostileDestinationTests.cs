using SshFunctions.Hooks.Hook;
using SshFunctions.Support.Broker;
using SshFunctions.Support.Processes;
using SshFunctions.Support.Proofs;

namespace SshFunctions.Hooks.Tests.Hostile;

/// <summary>Whatever a server, a port or a login is called: no command runs, nothing is written outside, and no destination takes another's place.</summary>
[Trait("Proof", "client")]
public sealed class HostileDestinationTests : IDisposable
{
    private readonly FakeBroker _broker = new();
    private readonly SshfnProgram _sshfn = new();

    private string Canary => _sshfn.Folder["canary"];

    [Fact]
    public void A_destination_is_one_folder_name_that_reads_back_as_itself()
    {
        int tries = LongRuns.Count(20_000, 5_000_000);
        Dictionary<string, (string, int, string)> folders = [];
        int wrong = 0;
        string? first = null;
        for (int seed = 0; seed < tries; seed++)
        {
            Random random = new(seed);
            string host = HostileNames.Draw(random, "x");
            string port = random.Next(3) == 0 ? HostileNames.Draw(random, "x") : random.Next(-2, 66_000).ToString(System.Globalization.CultureInfo.InvariantCulture);
            string login = HostileNames.Draw(random, "x");
            string? fault = Fault(host, port, login, folders);
            wrong += fault is null ? 0 : 1;
            first ??= fault is null ? null : $"seed {seed}, «{host}» «{port}» «{login}»: {fault}";
        }

        new ProofFigure("client", "destinations as folder names", tries, wrong).Record();
        Assert.Null(first);
    }

    [Fact]
    public void A_sign_that_becomes_an_ASCII_letter_in_lower_case_is_no_part_of_a_host_name() =>
        Assert.False(HookDestination.TryParse("\u212a8s.example.com", "22", "deploy", out _));

    [Fact(Timeout = 600_000)]
    public async Task The_hook_runs_and_writes_nothing_for_a_name_that_is_more_than_a_name()
    {
        await _sshfn.SignInAsync(_broker);
        (await _sshfn.CertAsync()).Expect(0);
        string[] names = [.. HostileNames.Known(Canary)];
        int tries = LongRuns.Count(60, 3000);
        (int wrong, int lost, List<string> findings) = await TryAsync(tries, async random =>
        {
            string first = random.Next(2) == 0 ? names[random.Next(names.Length)] : HostileNames.Draw(random, Canary);
            string second = random.Next(2) == 0 ? names[random.Next(names.Length)] : HostileNames.Draw(random, Canary);
            string[] words = random.Next(3) switch { 0 => [first, "22", "deploy"], 1 => ["web.example.com", first, "deploy"], _ => [second, "22", first] };
            // A first word such as --renew is sshfn's own, and --help asks for help.
            words = [.. words.Select(HostileNames.Argument)];
            return (string.Join(' ', words), await _sshfn.RunAsync([random.Next(4) == 0 ? "alias" : "cert", .. words]));
        });
        new ProofFigure("client", "hostile names to the hook", tries, wrong, lost).Record();
        Assert.True(findings.Count == 0 && lost == 0, $"{lost} certificates lost; {string.Join('\n', findings)}");
    }

    [Fact(Timeout = 600_000)]
    public async Task The_stock_client_runs_nothing_for_a_name_that_is_more_than_a_name()
    {
        await _sshfn.SignInAsync(_broker);
        _broker.HostPatterns = ["*.example.com"];
        (await _sshfn.RunAsync("config-ssh", "--ssh-config", _sshfn.UserConfig)).Expect(0);
        (await _sshfn.CertAsync()).Expect(0);
        string[] names = [.. HostileNames.Known(Canary)];
        int tries = LongRuns.Count(20, 1000);
        (int wrong, int lost, List<string> findings) = await TryAsync(tries, async random =>
        {
            string name = HostileNames.Argument(random.Next(2) == 0 ? names[random.Next(names.Length)] : HostileNames.Draw(random, Canary));
            string[] words = random.Next(4) switch
            {
                0 => ["ssh", "-F", _sshfn.UserConfig, "-o", "ProxyCommand=false", "-l", name, "--", "web.example.com"],
                1 => ["ssh", "-F", _sshfn.UserConfig, "-o", "ProxyCommand=false", "--", name + ".example.com"],
                2 => ["ssh", "-F", _sshfn.UserConfig, "-o", "ProxyCommand=false", "--", "sshfn." + name],
                _ => [SshfnProgram.Executable, "git-ssh", "-o", "ProxyCommand=false", "-p", "22", "--", $"{name}@web.example.com", "git-upload-pack 'x'"],
            };
            ProcessRun run = await _sshfn.RunOtherAsync(words[0], words[1..]);
            // ssh has its own words and its own exit code.
            return (string.Join(' ', words), run with { ExitCode = run.ExitCode is 255 ? 0 : run.ExitCode, Error = "", Output = "" });
        });
        new ProofFigure("client", "hostile names to ssh with the hook", tries, wrong, lost).Record();
        Assert.True(findings.Count == 0 && lost == 0, $"{lost} certificates lost; {string.Join('\n', findings)}");
    }

    [Theory(Timeout = 120_000)]
    [InlineData("ssh")]
    [InlineData("scp")]
    [InlineData("sftp")]
    [InlineData("code")]
    [InlineData("explain")]
    public async Task A_resource_by_a_name_that_is_more_than_a_name_is_not_found(string command)
    {
        await _sshfn.SignInAsync(_broker);
        Random random = new(command.Length);
        // As arguments: without its null character a name may be the resource's own.
        IEnumerable<string> words = HostileNames.Known(Canary).Select(HostileNames.Argument).Where(word => word is { Length: > 0 and < 2000 } and not "web" && word[0] != '-');
        foreach (string word in words.OrderBy(_ => random.Next()).Take(LongRuns.Count(8, 100)))
        {
            ProcessRun run = await _sshfn.RunAsync(command == "scp" ? [command, _sshfn.Folder["file"], word + ":x"] : [command, word]);
            Assert.True(Clear.Fault(run) is null && run.ExitCode != 0, Clear.Describe($"{command} «{word}»", Clear.Fault(run) ?? "it was found", run));
            Assert.False(File.Exists(Canary));
        }
    }

    public void Dispose()
    {
        _broker.Dispose();
        _sshfn.Dispose();
    }

    private static string? Fault(string host, string port, string login, Dictionary<string, (string, int, string)> folders)
    {
        if (!HookDestination.TryParse(host, port, login, out HookDestination destination))
            return null;
        string name = destination.FolderName;
        if (name.Length > 255 || name.Any(character => character is '/' or '%' or '$' or '\'' or '"' or '\\' or '*' or '?' || !char.IsAscii(character) || char.IsControl(character) || character == ' ') || name[0] is '.' or '-')
            return $"the folder is «{name}»";
        if (!HookDestination.TryParseFolderName(name, out HookDestination again) || again != destination)
            return $"«{name}» reads back as another one";
        var key = (destination.Host, destination.Port, destination.Login);
        return folders.TryAdd(name, key) || folders[name] == key ? null : $"«{name}» is the folder of two";
    }

    /// <summary>Counts what ended in another way than clearly, and whether anything lies where it should not.</summary>
    private async Task<(int Wrong, int Lost, List<string> Findings)> TryAsync(int tries, Func<Random, Task<(string What, ProcessRun Run)>> attempt)
    {
        string[] before = Outside();
        string kept = File.ReadAllText(_sshfn.Destination() + "/current/key-cert.pub");
        List<string> findings = [];
        int wrong = 0;
        int lost = 0;
        for (int seed = 0; seed < tries; seed++)
        {
            (string what, ProcessRun run) = await attempt(new Random(seed));
            string? fault = Clear.Fault(run) ?? (File.Exists(Canary) ? "a command ran" : null) ?? (Outside().Except(before).FirstOrDefault() is { } made ? $"{made} was made" : null);
            if (fault is not null)
                findings.Add(Clear.Describe($"seed {seed}, {what}", fault, run));
            wrong += fault is null ? 0 : 1;
            lost += File.ReadAllText(_sshfn.Destination() + "/current/key-cert.pub") == kept ? 0 : 1;
            File.Delete(Canary);
        }

        return (wrong, lost, findings);
    }

    /// <summary>Everything in the user's home that is not below the folders of sshfn.</summary>
    private string[] Outside() =>
    [
        .. Directory.EnumerateFileSystemEntries(_sshfn.Folder.Path, "*", SearchOption.AllDirectories)
            .Where(path => !path.StartsWith(_sshfn.Home + "/state/", StringComparison.Ordinal) && path != _sshfn.Config + "/connect_ssh_config"),
    ];
}
