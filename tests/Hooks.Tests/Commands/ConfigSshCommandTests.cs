using SshFunctions.Support.Broker;
using SshFunctions.Support.Processes;

namespace SshFunctions.Hooks.Tests.Commands;

public sealed class ConfigSshCommandTests : IDisposable
{
    private readonly FakeBroker _broker = new();
    private readonly SshfnProgram _sshfn = new();

    private string IncludeLine => $"Include \"{_sshfn.Config}/ssh_config\"\n";

    [Fact(Timeout = 60_000)]
    public async Task Makes_the_users_configuration_when_there_is_none_and_takes_it_away_again()
    {
        await ConfigureAsync();
        Assert.Equal(IncludeLine, File.ReadAllText(_sshfn.UserConfig));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_sshfn.UserConfig));
        Assert.Equal((UnixFileMode)0x1C0, File.GetUnixFileMode(Path.GetDirectoryName(_sshfn.UserConfig)!));
        await ConfigureAsync("--remove");
        Assert.False(File.Exists(_sshfn.UserConfig));
        Assert.False(File.Exists(_sshfn.Config + "/ssh_config"));
    }

    [Theory(Timeout = 60_000)]
    [InlineData("Host a\n  Port 1\n")]
    [InlineData("# no newline at the end\nHost *")]
    [InlineData("\n\n\tUser x\r\nHost ümläut\r\n")]
    [InlineData("")]
    public async Task Puts_one_line_on_top_and_restores_the_rest_to_the_byte(string text)
    {
        byte[] before = System.Text.Encoding.Latin1.GetBytes(text);
        WriteUserConfig(before);
        await ConfigureAsync();
        Assert.Equal([.. System.Text.Encoding.UTF8.GetBytes(IncludeLine), .. before], File.ReadAllBytes(_sshfn.UserConfig));
        await ConfigureAsync("--remove");
        Assert.Equal(before, File.ReadAllBytes(_sshfn.UserConfig));
    }

    [Fact(Timeout = 60_000)]
    public async Task Changes_nothing_the_second_time()
    {
        await ConfigureAsync();
        ProcessRun run = await ConfigureAsync();
        Assert.Equal(4, run.Output.Split('\n').Count(line => line.StartsWith("unchanged", StringComparison.Ordinal)));
    }

    [Fact(Timeout = 60_000)]
    public async Task Moves_its_line_above_the_first_host_block()
    {
        WriteUserConfig(System.Text.Encoding.UTF8.GetBytes("Host a\n" + IncludeLine + "  Port 1\n"));
        await ConfigureAsync();
        Assert.Equal(IncludeLine + "Host a\n  Port 1\n", File.ReadAllText(_sshfn.UserConfig));
    }

    [Fact(Timeout = 60_000)]
    public async Task Keeps_the_mode_and_rewrites_what_a_link_leads_to()
    {
        WriteUserConfig("Host a\n"u8.ToArray());
        string target = _sshfn.Folder["dotfiles"];
        File.Move(_sshfn.UserConfig, target);
        File.SetUnixFileMode(target, (UnixFileMode)0x1A4);
        File.CreateSymbolicLink(_sshfn.UserConfig, target);
        await ConfigureAsync();
        Assert.Equal(target, new FileInfo(_sshfn.UserConfig).LinkTarget);
        Assert.Equal(IncludeLine + "Host a\n", File.ReadAllText(target));
        Assert.Equal((UnixFileMode)0x1A4, File.GetUnixFileMode(target));
    }

    [Fact(Timeout = 60_000)]
    public async Task Remembers_patterns_and_trusts_the_host_ca_for_the_managed_hosts_alone()
    {
        await ConfigureAsync("--host", "*.corp.example");
        await ConfigureAsync();
        string managed = File.ReadAllText(_sshfn.Config + "/ssh_config");
        Assert.Contains("Match final host \"git.example.com,web.example.com\" exec ", managed, StringComparison.Ordinal);
        Assert.Contains("Match final host \"*.corp.example\" !originalhost \"sshfn.*\" !host \"git.example.com,web.example.com\" exec ", managed, StringComparison.Ordinal);
        string known = File.ReadAllText(_sshfn.Config + "/known_hosts");
        Assert.Contains(
            "@cert-authority *.corp.example,[*.corp.example]:*,git.example.com,[git.example.com]:*,web.example.com,[web.example.com]:* ecdsa-sha2-nistp256 ",
            known, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Shows_the_difference_and_writes_nothing()
    {
        WriteUserConfig("Host a\n"u8.ToArray());
        ProcessRun run = await ConfigureAsync("--diff");
        Assert.Contains($"--- {_sshfn.UserConfig}\n+++ {_sshfn.UserConfig}\n@@ -1,1 +1,2 @@\n+{IncludeLine} Host a\n", run.Output, StringComparison.Ordinal);
        ProcessRun dry = await ConfigureAsync("--dry-run");
        Assert.Contains($"changed    {_sshfn.UserConfig}\n", dry.Output, StringComparison.Ordinal);
        Assert.Equal("Host a\n", File.ReadAllText(_sshfn.UserConfig));
        Assert.False(File.Exists(_sshfn.Config + "/ssh_config"));
    }

    [Fact(Timeout = 60_000)]
    public async Task Refuses_a_pattern_that_could_close_a_quote()
    {
        await _sshfn.SignInAsync(_broker);
        ProcessRun run = (await _sshfn.RunAsync("config-ssh", "--ssh-config", _sshfn.UserConfig, "--host", "a\" exec \"x")).Expect(2);
        Assert.Contains("is not a host pattern", run.Error, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Refuses_a_configuration_folder_that_is_a_link()
    {
        Directory.CreateDirectory(_sshfn.Home);
        Directory.CreateDirectory(_sshfn.Folder["elsewhere"]);
        File.CreateSymbolicLink(_sshfn.Config, _sshfn.Folder["elsewhere"]);
        ProcessRun run = (await _sshfn.RunAsync(FakeBroker.Token, ["login", "--broker", _broker.Address, "--token", "-"])).Expect(1);
        Assert.Contains("is a symbolic link", run.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_sshfn.Folder["elsewhere"]));
    }

    [Fact(Timeout = 60_000)]
    public async Task Refuses_a_folder_as_the_configuration_before_anything_is_written()
    {
        await _sshfn.SignInAsync(_broker);
        ProcessRun run = (await _sshfn.RunAsync("config-ssh", "--ssh-config", _sshfn.Folder.Path)).Expect(1);
        Assert.Equal($"sshfn: error: {_sshfn.Folder.Path} is a folder\nsshfn: hint: name a file in it\n", run.Error);
        Assert.False(File.Exists(_sshfn.Config + "/ssh_config"));
    }

    [Fact(Timeout = 60_000)]
    public async Task Takes_nothing_away_in_a_dry_run()
    {
        await ConfigureAsync();
        ProcessRun run = await ConfigureAsync("--remove", "--dry-run");
        Assert.Contains($"removed    {_sshfn.UserConfig}\n", run.Output, StringComparison.Ordinal);
        Assert.Equal(IncludeLine, File.ReadAllText(_sshfn.UserConfig));
        Assert.True(File.Exists(_sshfn.Config + "/ssh_config"));
    }

    public void Dispose()
    {
        _broker.Dispose();
        _sshfn.Dispose();
    }

    private async Task<ProcessRun> ConfigureAsync(params string[] arguments)
    {
        await _sshfn.SignInAsync(_broker);
        return (await _sshfn.RunAsync(["config-ssh", "--ssh-config", _sshfn.UserConfig, .. arguments])).Expect(0);
    }

    private void WriteUserConfig(byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_sshfn.UserConfig)!);
        _sshfn.Folder.Write("ssh/config", content);
    }
}
