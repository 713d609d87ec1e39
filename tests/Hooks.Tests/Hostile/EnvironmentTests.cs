using SshFunctions.Support.Broker;
using SshFunctions.Support.Processes;
using SshFunctions.Support.Proofs;

namespace SshFunctions.Hooks.Tests.Hostile;

/// <summary>What sudo, su, cron, a service manager, a container or a shell may hand to sshfn.</summary>
[Trait("Proof", "client")]
public sealed class EnvironmentTests : IDisposable
{
    private const UnixFileMode Others = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
    private readonly FakeBroker _broker = new();
    private readonly SshfnProgram _sshfn = new();

    private string UserHome => _sshfn.Folder["user"];

    [Theory(Timeout = 60_000)]
    [InlineData("<&-")]
    [InlineData(">&-")]
    [InlineData("2>&-")]
    [InlineData("<&- >&-")]
    [InlineData("<&- 2>&-")]
    [InlineData("<&- >&- 2>&-")]
    [InlineData(">/dev/full")]
    [InlineData("2>/dev/full")]
    [InlineData("</dev/null >/dev/full 2>/dev/full")]
    public async Task Closed_and_full_streams_change_no_exit_code_and_get_into_no_file(string streams)
    {
        await _sshfn.SignInAsync(_broker);
        Assert.Equal(0, await ShellAsync($"\"$0\" cert web.example.com 22 deploy {streams}"));
        (await _sshfn.RunOtherAsync("ssh-keygen", "-y", "-f", _sshfn.Destination() + "/current/key")).Expect(0);
        Assert.Equal(0, await ShellAsync($"\"$0\" cert web.example.com 22 deploy {streams}"));
        Assert.Equal(2, await ShellAsync($"\"$0\" cert web.example.com 0 deploy {streams}"));
        // Data that nobody gets is a failure, words that nobody reads are none.
        Assert.Equal(streams.Contains('>', StringComparison.Ordinal) && !streams.StartsWith("2>", StringComparison.Ordinal) && streams != "<&- 2>&-" ? 1 : 0, await ShellAsync($"\"$0\" whoami {streams}"));
        _broker.Stop();
        Assert.Equal(1, await ShellAsync($"\"$0\" cert --renew web.example.com 22 deploy {streams}"));
        foreach (string file in Directory.EnumerateFiles(_sshfn.Home, "*", SearchOption.AllDirectories).Where(file => !file.Contains("/failures/", StringComparison.Ordinal)))
            Assert.DoesNotContain("can't be reached", File.ReadAllText(file), StringComparison.Ordinal);
    }

    [TheoryForMachineCode(Timeout = 60_000)]
    [InlineData("-n 4")]
    [InlineData("-n 5")]
    [InlineData("-n 6")]
    [InlineData("-n 8")]
    [InlineData("-n 12")]
    [InlineData("-f 0")]
    [InlineData("-f 1")]
    public async Task Out_of_descriptors_or_of_file_size_it_says_so_and_keeps_what_it_has(string limit)
    {
        await _sshfn.SignInAsync(_broker);
        (await _sshfn.CertAsync()).Expect(0);
        string before = File.ReadAllText(_sshfn.Destination() + "/current/key-cert.pub");
        foreach (string command in new[] { "cert web.example.com 22 deploy", "cert other.example.com 22 deploy", "whoami", "alias sshfn.web", "cert web 0 x", "--help", "nonsense" })
        {
            ProcessRun run = await _sshfn.RunOtherAsync("bash", "-c", $"ulimit {limit}; exec \"$0\" {command}", SshfnProgram.Executable);
            string? fault = Clear.Fault(run);
            Assert.True(fault is null, Clear.Describe($"{command} under ulimit {limit}", fault ?? "", run));
        }

        Assert.Equal(before, File.ReadAllText(_sshfn.Destination() + "/current/key-cert.pub"));
    }

    [Theory(Timeout = 60_000)]
    [InlineData("000")]
    [InlineData("022")]
    [InlineData("077")]
    [InlineData("177")]
    public async Task The_umask_opens_nothing_and_closes_nothing(string umask)
    {
        string home = $"HOME='{UserHome}' env -u SSHFN_HOME";
        Directory.CreateDirectory(UserHome);
        Assert.Equal(0, await ShellAsync($"umask {umask}; echo {FakeBroker.Token} | {home} \"$0\" login --broker {_broker.Address} --token - && {home} \"$0\" cert web.example.com 22 deploy && {home} \"$0\" cert web.example.com 22 deploy"));
        Assert.Equal(1, _broker.Mints);
        foreach (string path in Directory.EnumerateFileSystemEntries(UserHome, "*", SearchOption.AllDirectories).Where(path => new FileInfo(path).LinkTarget is null))
        {
            UnixFileMode mode = File.GetUnixFileMode(path);
            Assert.True((mode & Others) == 0 && (mode & UnixFileMode.UserRead) != 0 && (!Directory.Exists(path) || mode == (UnixFileMode)0x1C0), $"{path} has mode {mode}");
        }
    }

    [Theory(Timeout = 60_000)]
    [InlineData("with a space")]
    [InlineData("ümläut 日本")]
    [InlineData("o'clock")]
    [InlineData("say \"so\"")]
    [InlineData("a$HOME")]
    [InlineData("100%h")]
    [InlineData("~root")]
    [InlineData("back\\slash")]
    [InlineData("new\nline")]
    [InlineData("a;b|c&d")]
    [InlineData("star*[x]?")]
    [InlineData("#comment")]
    [InlineData("-dash")]
    public async Task Any_home_holds_certificates_and_one_that_ssh_cannot_carry_is_refused_by_name(string name)
    {
        string home = UserHome + "/" + name;
        Directory.CreateDirectory(home);
        ProcessRun login = await AtHomeAsync(home, FakeBroker.Token, "login", "--broker", _broker.Address, "--token", "-");
        login.Expect(0);
        (await AtHomeAsync(home, null, "cert", "web.example.com", "22", "deploy")).Expect(0);
        Assert.True(File.Exists(home + "/.local/state/sshfn/destinations/deploy@web.example.com:22/current/key"));
        string config = _sshfn.Folder["user_config"];
        ProcessRun run = await AtHomeAsync(home, null, "config-ssh", "--ssh-config", config);
        if (run.ExitCode != 0)
        {
            Assert.True(Clear.Fault(run) is null, run.Error);
            Assert.Contains("holds a character that ssh_config can't carry", run.Error, StringComparison.Ordinal);
            Assert.False(File.Exists(config));
            return;
        }

        ProcessRun options = (await _sshfn.RunOtherAsync("ssh", "-F", config, "-G", "deploy@web.example.com")).Expect(0);
        Assert.Contains($"certificatefile {home}/.local/state/sshfn/destinations/", options.Output, StringComparison.Ordinal);
        // ssh finds the certificate that lies there: nobody else's environment is asked.
        ProcessRun ssh = await _sshfn.RunOtherAsync("env", "HOME=/nonexistent", "ssh", "-F", config, "-v", "-o", "ProxyCommand=false", "deploy@web.example.com");
        Assert.Contains("/key-cert.pub type", ssh.Error, StringComparison.Ordinal);
        Assert.Equal(1, _broker.Mints);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("relative")]
    [InlineData(".")]
    [InlineData("")]
    public async Task A_home_that_is_no_absolute_path_makes_no_folder_below_the_one_of_the_moment(string home)
    {
        string here = _sshfn.Folder["here"];
        Directory.CreateDirectory(here);
        ProcessRun run = await ProcessRun.ToEndAsync("env", ["-u", "SSHFN_HOME", $"HOME={home}", $"XDG_CONFIG_HOME={home}", $"XDG_STATE_HOME={home}", SshfnProgram.Executable, "cert", "web.example.invalid", "22", "deploy"], null, here,
            new Dictionary<string, string?> { ["SSHFN_BROKER"] = "https://broker.invalid" });
        run.Expect(1);
        Assert.Empty(Directory.GetFileSystemEntries(here));
    }

    [FactForRoot(Timeout = 60_000)]
    public async Task Under_sudo_nothing_of_root_is_left_in_the_users_folder()
    {
        Directory.CreateDirectory(UserHome);
        string config = UserHome + "/.ssh/config";
        (await _sshfn.RunOtherAsync("chown", "-R", "65534:65534", UserHome)).Expect(0);
        string[] sudo = ["SUDO_USER=nobody", "SUDO_UID=65534", $"HOME={UserHome}", $"XDG_CONFIG_HOME={UserHome}/.config", $"XDG_STATE_HOME={UserHome}/.local/state"];
        foreach (string[] command in new string[][] { ["login", "--broker", _broker.Address, "--token", "-"], ["cert", "web.example.com", "22", "deploy"], ["config-ssh", "--ssh-config", config] })
        {
            ProcessRun run = await _sshfn.RunOtherAsync("sh", ["-c", $"echo {FakeBroker.Token} | exec env -u SSHFN_HOME SSHFN_BROKER={_broker.Address} SSHFN_TOKEN={FakeBroker.Token} \"$@\"", "sh", .. sudo, SshfnProgram.Executable, .. command]);
            run.Expect(1);
            Assert.StartsWith($"sshfn: error: {UserHome} belongs to user 65534, and root would leave files there that are not theirs\nsshfn: hint: run it as that user", run.Error, StringComparison.Ordinal);
            Assert.Empty(Directory.GetFileSystemEntries(UserHome));
        }
    }

    [FactForRoot(Timeout = 60_000)]
    public async Task Under_sudo_with_the_users_HOME_root_has_its_own_folders()
    {
        Directory.CreateDirectory(UserHome);
        (await _sshfn.RunOtherAsync("chown", "65534:65534", UserHome)).Expect(0);
        // Nothing is fetched or written: it only says where it would.
        ProcessRun run = (await _sshfn.RunOtherAsync("env", "-u", "SSHFN_HOME", $"HOME={UserHome}", "SSHFN_BROKER=" + _broker.Address, "SSHFN_TOKEN=" + FakeBroker.Token, SshfnProgram.Executable, "config-ssh", "--dry-run")).Expect(0);
        Assert.DoesNotContain(UserHome + "/", run.Output, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task The_configuration_that_ssh_reads_is_named_where_HOME_says_another_place()
    {
        Directory.CreateDirectory(UserHome);
        string account = (await _sshfn.RunOtherAsync("sh", "-c", "getent passwd $(id -u) | cut -d: -f6")).Expect(0).Output.Trim();
        ProcessRun run = (await _sshfn.RunOtherAsync("env", "-u", "SSHFN_HOME", $"HOME={UserHome}", "SSHFN_BROKER=" + _broker.Address, "SSHFN_TOKEN=" + FakeBroker.Token, SshfnProgram.Executable, "config-ssh", "--dry-run")).Expect(0);
        Assert.Contains($"  {account}/.ssh/config\n", run.Output, StringComparison.Ordinal);
        Assert.Contains($"  {UserHome}/.config/sshfn/ssh_config\n", run.Output, StringComparison.Ordinal);
        Assert.Equal($"sshfn: hint: ssh reads {account}/.ssh/config, the account's own, although HOME is {UserHome}; --ssh-config names another file for ssh -F\n", run.Error);
        Assert.Empty(Directory.GetFileSystemEntries(UserHome));
    }

    [Theory(Timeout = 60_000)]
    [InlineData("/dev/null")]
    [InlineData("pipe")]
    public async Task A_configuration_that_is_no_file_is_neither_read_nor_replaced(string target)
    {
        await _sshfn.SignInAsync(_broker);
        Directory.CreateDirectory(Path.GetDirectoryName(_sshfn.UserConfig)!);
        if (target == "pipe")
            (await _sshfn.RunOtherAsync("mkfifo", _sshfn.Folder[target])).Expect(0);
        // A device of the test's own would need the right to make one; a mount namespace keeps the machine's from harm.
        File.CreateSymbolicLink(_sshfn.UserConfig, target == "pipe" ? _sshfn.Folder[target] : target);
        foreach (string option in new[] { "--dry-run", "--diff", "--remove" })
        {
            ProcessRun run = (await _sshfn.RunAsync("config-ssh", "--ssh-config", _sshfn.UserConfig, "--dry-run", option)).Expect(1);
            Assert.EndsWith(" is not a file\n", run.Error, StringComparison.Ordinal);
        }
    }

    [Theory(Timeout = 60_000)]
    [InlineData("LC_ALL=tr_TR.UTF-8", "LANG=tr_TR.UTF-8")]
    [InlineData("LC_ALL=C", "LANG=")]
    [InlineData("LC_ALL=../../etc/passwd", "LANGUAGE=%s%n")]
    [InlineData("TMPDIR=/nonexistent", "TMP=/dev/null")]
    [InlineData("TMPDIR=/proc/self/root/../etc", "PWD=/nonexistent")]
    [InlineData("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=0", "DOTNET_gcServer=1")]
    [InlineData("TERM=../../../etc/passwd", "TERMINFO=/dev/zero")]
    [InlineData("COLUMNS=-1", "NO_COLOR=1")]
    [InlineData("TZ=:/etc/passwd", "TZDIR=/dev")]
    [InlineData("SSL_CERT_FILE=/dev/null", "SSL_CERT_DIR=/dev/null")]
    [InlineData("http_proxy=http://127.0.0.1:1", "ALL_PROXY=socks5://127.0.0.1:1")]
    [InlineData("LD_LIBRARY_PATH=/nonexistent", "MALLOC_CHECK_=3")]
    public async Task The_rest_of_the_environment_changes_nothing(string first, string second)
    {
        await _sshfn.SignInAsync(_broker);
        ProcessRun run = (await _sshfn.RunOtherAsync("env", first, second, SshfnProgram.Executable, "cert", "WIKI.EXAMPLE.COM", "22", "deploy")).Expect(0);
        Assert.Equal("", run.Error);
        Assert.True(Directory.Exists(_sshfn.Destination("deploy@wiki.example.com:22")));
        Assert.Contains("alice@example.com", (await _sshfn.RunOtherAsync("env", first, second, SshfnProgram.Executable, "whoami")).Expect(0).Output, StringComparison.Ordinal);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("\ufefftok_1.c2VjcmV0\r\n", 0)]
    [InlineData("  tok_1.c2VjcmV0\n\n", 0)]
    [InlineData("tok_1.c2VjcmV0\r\nX-Admin: yes", 2)]
    [InlineData("tok_1.c2Vj\u0000cmV0", 2)]
    [InlineData("tok_1.c2Vj\u0435cmV0", 2)]
    [InlineData("\ufeff", 2)]
    public async Task A_token_file_of_any_program_is_read_and_none_gets_into_a_header_that_is_more(string text, int exitCode)
    {
        string file = _sshfn.Folder.Write("token", text);
        ProcessRun run = (await _sshfn.RunAsync("login", "--broker", _broker.Address, "--token-file", file)).Expect(exitCode);
        Assert.Equal(exitCode == 0 ? 1 : 0, _broker.Requests.Count);
        Assert.True(Clear.Fault(run) is null, run.Error);
        Assert.DoesNotContain("c2Vj", run.Output + run.Error, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Files_that_a_Windows_program_has_saved_mean_the_same()
    {
        await _sshfn.SignInAsync(_broker);
        (await _sshfn.RunAsync("config-ssh", "--ssh-config", _sshfn.UserConfig, "--host", "*.corp.example")).Expect(0);
        foreach (string path in new[] { _sshfn.Config + "/ssh_config", _sshfn.Config + "/known_hosts", _sshfn.Config + "/credentials.json" })
            File.WriteAllBytes(path, [.. path.EndsWith("json", StringComparison.Ordinal) ? [0xEF, 0xBB, 0xBF] : Array.Empty<byte>(), .. System.Text.Encoding.UTF8.GetBytes(File.ReadAllText(path).ReplaceLineEndings("\r\n"))]);
        (await _sshfn.RunAsync("config-ssh", "--ssh-config", _sshfn.UserConfig)).Expect(0);
        Assert.Contains("*.corp.example", File.ReadAllText(_sshfn.Config + "/ssh_config"), StringComparison.Ordinal);
        (await _sshfn.RunAsync("config-ssh", "--ssh-config", _sshfn.UserConfig, "--remove")).Expect(0);
        Assert.False(File.Exists(_sshfn.UserConfig));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_reader_that_has_gone_is_no_failure()
    {
        await _sshfn.SignInAsync(_broker);
        Assert.Equal(0, await ShellAsync("set -o pipefail 2>/dev/null; \"$0\" --help | head -c 1 >/dev/null"));
        Assert.Equal(0, await ShellAsync("\"$0\" whoami | true"));
    }

    [Fact(Timeout = 300_000)]
    public async Task Callers_that_are_killed_at_any_moment_leave_a_certificate_that_ssh_can_use()
    {
        await _sshfn.SignInAsync(_broker);
        (await _sshfn.CertAsync()).Expect(0);
        int tries = LongRuns.Count(25, 1500);
        int wrong = 0;
        for (int seed = 0; seed < tries; seed++)
        {
            // From before the first system call to behind the last one.
            string delay = (new Random(seed).NextDouble() * 0.06).ToString("F4", System.Globalization.CultureInfo.InvariantCulture);
            await _sshfn.RunOtherAsync("timeout", "-s", "KILL", delay, SshfnProgram.Executable, "cert", "--renew", "web.example.com", "22", "deploy");
            string current = _sshfn.Destination() + "/current";
            ProcessRun key = await _sshfn.RunOtherAsync("ssh-keygen", "-y", "-f", current + "/key");
            ProcessRun certificate = await _sshfn.RunOtherAsync("ssh-keygen", "-L", "-f", current + "/key-cert.pub");
            bool isWhole = key.ExitCode == 0 && certificate.ExitCode == 0 && key.Output.StartsWith(File.ReadAllText(current + "/key.pub").Trim(), StringComparison.Ordinal);
            wrong += isWhole ? 0 : 1;
        }

        new ProofFigure("client", "renewals killed at any moment", tries, 0, wrong).Record();
        Assert.Equal(0, wrong);
        (await _sshfn.RunAsync("cert", "--renew", "web.example.com", "22", "deploy")).Expect(0);
        Assert.Equal(2, Directory.GetDirectories(_sshfn.Destination() + "/generations").Length);
    }

    public void Dispose()
    {
        _broker.Dispose();
        _sshfn.Dispose();
    }

    private async Task<int> ShellAsync(string script) => (await _sshfn.RunOtherAsync("bash", "-c", script, SshfnProgram.Executable)).ExitCode;

    private Task<ProcessRun> AtHomeAsync(string home, string? input, params string[] arguments) => ProcessRun.ToEndAsync(
        "env", ["-u", "SSHFN_HOME", "-u", "XDG_CONFIG_HOME", "-u", "XDG_STATE_HOME", $"HOME={home}", SshfnProgram.Executable, .. arguments], input, _sshfn.Folder.Path,
        new Dictionary<string, string?> { ["SHELL"] = "/bin/sh", ["SSH_AUTH_SOCK"] = null });
}
