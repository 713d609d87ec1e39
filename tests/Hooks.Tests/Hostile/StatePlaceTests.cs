using System.Diagnostics;
using SshFunctions.Hooks.Outside;
using SshFunctions.Support.Broker;
using SshFunctions.Support.Processes;
using SshFunctions.Support.Proofs;

namespace SshFunctions.Hooks.Tests.Hostile;

/// <summary>What somebody, or another program, may have done to the folders in which keys and certificates lie.</summary>
[Trait("Proof", "client")]
public sealed class StatePlaceTests : IDisposable
{
    private const UnixFileMode Everybody = (UnixFileMode)0x1FF;
    private readonly FakeBroker _broker = new();
    private readonly SshfnProgram _sshfn = new();

    private string State => _sshfn.Home + "/state";

    private string Destination => _sshfn.Destination();

    private string Current => Destination + "/current";

    [Theory(Timeout = 60_000)]
    [InlineData("state")]
    [InlineData("state/destinations")]
    [InlineData("state/destinations/deploy@web.example.com:22")]
    public async Task A_folder_that_is_a_link_or_that_others_may_fill_serves_no_certificate(string folder)
    {
        await MintAsync();
        string path = _sshfn.Home + "/" + folder;
        File.SetUnixFileMode(path, Everybody);
        ProcessRun open = (await _sshfn.CertAsync()).Expect(1);
        Assert.StartsWith($"sshfn: error: {path} can be written by others\nsshfn: hint: ", open.Error, StringComparison.Ordinal);
        File.SetUnixFileMode(path, (UnixFileMode)0x1C0);
        string elsewhere = _sshfn.Folder["elsewhere"];
        Directory.Move(path, elsewhere);
        File.CreateSymbolicLink(path, elsewhere);
        ProcessRun linked = (await _sshfn.CertAsync()).Expect(1);
        Assert.StartsWith($"sshfn: error: {path} is a symbolic link\nsshfn: hint: ", linked.Error, StringComparison.Ordinal);
        Assert.Equal(1, _broker.Mints);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_private_key_that_others_may_read_is_replaced_because_ssh_would_not_use_it()
    {
        await MintAsync();
        string before = File.ReadAllText(Current + "/key");
        File.SetUnixFileMode(Current + "/key", (UnixFileMode)0x1A4);
        (await _sshfn.CertAsync()).Expect(0);
        Assert.NotEqual(before, File.ReadAllText(Current + "/key"));
        Assert.Equal((UnixFileMode)0x180, File.GetUnixFileMode(Current + "/key"));
    }

    [Theory(Timeout = 120_000)]
    [InlineData("state/destinations/deploy@web.example.com:22/current/key", true)]
    [InlineData("state/destinations/deploy@web.example.com:22/current/key.pub", true)]
    [InlineData("state/destinations/deploy@web.example.com:22/current/key-cert.pub", true)]
    [InlineData("state/destinations/deploy@web.example.com:22/current", false)]
    [InlineData("state/locks/deploy@web.example.com:22", true)]
    [InlineData("state/failures/deploy@web.example.com:22", true)]
    [InlineData("config/credentials.json", true)]
    [InlineData("config/credentials.lock", true)]
    [InlineData("config/ssh_config", true)]
    [InlineData("config/known_hosts", true)]
    [InlineData("config/connect_ssh_config", true)]
    [InlineData("state/catalog.json", true)]
    [InlineData("state/host_keys", true)]
    [InlineData("state/locks/host_keys", true)]
    [InlineData("state/blocked_ports", true)]
    [InlineData("state/aliases/sshfn.web.conf", true)]
    [InlineData("state/aliases/sshfn.web.known_hosts", true)]
    public async Task Something_else_in_the_place_of_a_file_makes_nobody_wait(string name, bool canBePipe)
    {
        string[] kinds = canBePipe ? ["pipe", "folder", "full folder", "link to nowhere", "link to itself", "link to a device", "no rights", "empty", "garbage", "UTF-16", "Windows"] : ["folder", "full folder", "link to nowhere", "link to itself", "empty"];
        List<string> wrong = [];
        int tries = 0;
        foreach (string kind in LongRuns.IsAsked ? kinds : kinds.Where((_, at) => (at + name.Length) % 4 == 0))
        {
            foreach (string[] command in new string[][] { ["cert", "web.example.com", "22", "deploy"], ["cert", "--renew", "web.example.com", "22", "deploy"], ["alias", "sshfn.web"], ["config-ssh", "--ssh-config", _sshfn.UserConfig], ["whoami"], ["logout"] })
            {
                if (Directory.Exists(_sshfn.Home))
                    Directory.Delete(_sshfn.Home, recursive: true);
                await PrepareAsync();
                Put(_sshfn.Home + "/" + name, kind);
                long start = Stopwatch.GetTimestamp();
                ProcessRun run = await _sshfn.RunAsync(command);
                tries++;
                string? fault = Clear.Fault(command[0] == "config-ssh" && run.ExitCode == 0 ? run with { Error = "" } : run)
                    ?? (Stopwatch.GetElapsedTime(start) > TimeSpan.FromSeconds(30) ? "it waited" : null);
                if (fault is not null)
                    wrong.Add(Clear.Describe($"{string.Join(' ', command)} with a {kind} as {name}", fault, run));
            }
        }

        new ProofFigure("client", $"something else in the place of {Path.GetFileName(name)}", tries, wrong.Count).Record();
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact(Timeout = 60_000)]
    public async Task What_killed_processes_left_is_in_nobodys_way_and_goes_at_logout()
    {
        await MintAsync();
        string token = _sshfn.Folder.Write("home/config/credentials.json.1234.new", "{\"token\":\"secret\"}");
        _sshfn.Folder.Write("home/state/destinations/deploy@web.example.com:22/current.new", "x");
        Directory.CreateDirectory(Destination + "/generations/7");
        _sshfn.Folder.Write("home/state/destinations/deploy@web.example.com:22/generations/7/key.99.new", "");
        (await _sshfn.RunAsync("cert", "--renew", "web.example.com", "22", "deploy")).Expect(0);
        Assert.Equal("generations/8", new FileInfo(Current).LinkTarget);
        (await _sshfn.RunAsync("logout")).Expect(0);
        Assert.False(File.Exists(token));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_holder_of_the_lock_that_has_stopped_is_not_waited_for_for_ever()
    {
        await MintAsync();
        string lockFile = State + "/locks/deploy@web.example.com:22";
        using Process holder = Process.Start("flock", ["--no-fork", lockFile, "sleep", "600"]);
        try
        {
            await RequireBoundAsync(lockFile);
        }
        finally
        {
            holder.Kill();
            await holder.WaitForExitAsync();
        }
    }

    [TheoryForRoot(Timeout = 60_000)]
    [InlineData("full")]
    [InlineData("read-only")]
    public async Task A_disk_that_takes_nothing_more_leaves_what_is_there_and_ssh_goes_on_with_it(string disk)
    {
        _broker.Authority.Tamper = content => content with { ValidAfter = content.ValidAfter.AddHours(-1), ValidBefore = content.ValidAfter.AddMinutes(1).AddSeconds(58) };
        string mount = _sshfn.Folder["home"];
        Directory.CreateDirectory(mount);
        // In a mount namespace of its own, so that nothing stays mounted whatever happens.
        string script = $"""
            mount -t tmpfs -o size=300k,mode=700 none '{mount}' || exit 99
            echo {FakeBroker.Token} | "$0" login --broker {_broker.Address} --token - >/dev/null 2>&1 || exit 98
            "$0" cert web.example.com 22 deploy || exit 97
            sum() (cd '{mount}' && cat config/credentials.json state/destinations/*/current/* | sha256sum)
            before=$(sum)
            {(disk == "full" ? $"cat /dev/zero >'{mount}/fill' 2>/dev/null" : $"mount -o remount,ro '{mount}'")}
            "$0" cert web.example.com 22 deploy; echo "near its end: $?"
            "$0" cert --renew web.example.com 22 deploy; echo "renew: $?"
            "$0" cert other.example.com 22 deploy; echo "other: $?"
            echo tok_2.b3RoZXI | "$0" login --broker {_broker.Address} --token -; echo "login: $?"
            "$0" config-ssh --ssh-config '{mount}/user_config'; echo "config: $?"
            [ "$before" = "$(sum)" ] && echo same
            """;
        _broker.Knows = _ => true;
        ProcessRun run = (await _sshfn.RunOtherAsync("unshare", "-m", "sh", "-c", script, SshfnProgram.Executable)).Expect(0);
        Assert.Equal("near its end: 0\nrenew: 1\nother: 1\nlogin: 1\nconfig: 1\nsame\n", run.Output);
        Assert.Contains("; the last certificate holds for ", run.Error.Split('\n')[0], StringComparison.Ordinal);
        Assert.All(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.StartsWith("sshfn: ", line, StringComparison.Ordinal));
    }

    [FactForRoot(Timeout = 60_000)]
    public async Task Another_users_folders_are_left_alone_and_each_user_has_its_own()
    {
        await MintAsync();
        File.SetUnixFileMode(_sshfn.Folder.Path, Everybody);
        string before = File.ReadAllText(Current + "/key-cert.pub");
        // Whoever may not even look into the folder is told so; whoever may is told whose it is.
        ProcessRun stranger = (await AsAsync(65534, "cert", "web.example.com", "22", "deploy")).Expect(1);
        Assert.True(Clear.Fault(stranger) is null, stranger.Error);
        foreach (string path in Directory.EnumerateFileSystemEntries(_sshfn.Home, "*", SearchOption.AllDirectories).Append(_sshfn.Home).Where(Directory.Exists))
            File.SetUnixFileMode(path, (UnixFileMode)0x1ED);
        stranger = (await AsAsync(65534, "cert", "web.example.com", "22", "deploy")).Expect(1);
        Assert.Contains("belongs to user 0", stranger.Error, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(Current + "/key-cert.pub"));
    }

    public void Dispose()
    {
        _broker.Dispose();
        _sshfn.Dispose();
    }

    private static void Put(string path, string kind)
    {
        if (File.Exists(path) || new FileInfo(path).LinkTarget is not null)
            File.Delete(path);
        if (Directory.Exists(path))
            Directory.Delete(path, recursive: true);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        switch (kind)
        {
            case "pipe":
                Process.Start("mkfifo", [path]).WaitForExit();
                break;
            case "folder":
                Directory.CreateDirectory(path);
                break;
            case "full folder":
                Directory.CreateDirectory(path + "/in/it");
                break;
            case "link to nowhere":
                File.CreateSymbolicLink(path, path + ".none");
                break;
            case "link to itself":
                File.CreateSymbolicLink(path, path);
                break;
            case "link to a device":
                File.CreateSymbolicLink(path, "/dev/zero");
                break;
            default:
                File.WriteAllBytes(path, Content(kind));
                File.SetUnixFileMode(path, kind == "no rights" ? UnixFileMode.None : (UnixFileMode)0x180);
                break;
        }
    }

    private static byte[] Content(string kind) => kind switch
    {
        "garbage" => [.. Enumerable.Range(0, 3000).Select(at => (byte)(at * 7 % 256))],
        "UTF-16" => [0xFF, 0xFE, .. System.Text.Encoding.Unicode.GetBytes("{\"broker\":\"x\"}\r\n")],
        "Windows" => [0xEF, 0xBB, 0xBF, .. "{}\r\n"u8],
        _ => [],
    };

    private async Task RequireBoundAsync(string lockFile)
    {
        while ((await _sshfn.RunOtherAsync("flock", "-n", lockFile, "true")).ExitCode == 0)
            await Task.Delay(TimeSpan.FromMilliseconds(20));
        LockHeldException held = Assert.Throws<LockHeldException>(() => FileLock.Take(lockFile, TimeSpan.FromSeconds(1)));
        Assert.Equal($"another sshfn holds {lockFile} and has not let go for 1 s", held.Message);
        // A fresh certificate needs no lock.
        (await _sshfn.CertAsync()).Expect(0);
        if (!LongRuns.IsAsked)
            return;
        ProcessRun run = (await _sshfn.RunAsync("cert", "--renew", "web.example.com", "22", "deploy")).Expect(1);
        Assert.Equal($"sshfn: error: another sshfn holds {lockFile} and has not let go for 25 s\nsshfn: hint: {held.Hint}\n", run.Error);
    }

    private async Task MintAsync()
    {
        await _sshfn.SignInAsync(_broker);
        (await _sshfn.CertAsync()).Expect(0);
    }

    private async Task PrepareAsync()
    {
        _broker.PublishHosts("1.0");
        await MintAsync();
        (await _sshfn.RunAsync("alias", "sshfn.web")).Expect(0);
        // The next certificate brings these, which have to be written.
        _broker.PublishHosts("1.1");
    }

    private Task<ProcessRun> AsAsync(int user, params string[] arguments) => _sshfn.RunOtherAsync(
        "setpriv", [$"--reuid={user}", $"--regid={user}", "--clear-groups", SshfnProgram.Executable, .. arguments]);
}
