using System.Globalization;
using System.Security.Cryptography;
using SshFunctions.Support.Processes;
using SshFunctions.Support.Ssh;

namespace SshFunctions.Hooks.Tests.Host;

/// <summary><c>sshfn host sftp</c> as sshd runs it, under the stock sftp and scp, for honest clients and others.</summary>
public sealed class RealSftpTests : IAsyncLifetime
{
    private const int Patience = 120_000;
    private const int LargeBytes = 20_000_000;

    private SftpServer _server = null!;
    private SshClient _client = null!;

    public async Task InitializeAsync()
    {
        _server = await SftpServer.StartAsync();
        _client = await _server.ClientOfAsync(_server.Media);
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact(Timeout = Patience)]
    public async Task Takes_gives_lists_renames_and_removes()
    {
        await File.WriteAllTextAsync(_server["note"], "over the wire\n");

        ProcessRun run = (await SftpAsync($"""
            pwd
            mkdir in
            mkdir "with space"
            put -p {_server["note"]} in/note
            rename in/note "with space/é"
            rmdir in
            put {_server["note"]} gone
            rm gone
            chmod 600 "with space/é"
            ls -l "with space"
            get "with space/é" {_server["back"]}
            """)).Expect(0);

        Assert.Contains("Remote working directory: /\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("-rw-------    1 ", run.Output, StringComparison.Ordinal);
        Assert.Equal("over the wire\n", await File.ReadAllTextAsync(_server["back"]));
        Assert.Equal([_server.Media + "/with space"], Directory.GetFileSystemEntries(_server.Media));
        Assert.Equal(File.GetLastWriteTimeUtc(_server["note"]), File.GetLastWriteTimeUtc(_server.Media + "/with space/é"), TimeSpan.FromSeconds(1));
    }

    [Fact(Timeout = Patience)]
    public async Task Carries_a_large_file_there_and_back()
    {
        byte[] content = RandomNumberGenerator.GetBytes(LargeBytes);
        await File.WriteAllBytesAsync(_server["large"], content);

        (await _client.ScpAsync([_server["large"], $"{SftpServer.Host}:large"])).Expect(0);
        (await SftpAsync($"get /large {_server["back"]}")).Expect(0);

        Assert.Equal(Convert.ToHexString(SHA256.HashData(content)), await DigestAsync(_server.Media + "/large"));
        Assert.Equal(Convert.ToHexString(SHA256.HashData(content)), await DigestAsync(_server["back"]));
    }

    [Fact(Timeout = Patience)]
    public async Task Carries_whole_folders()
    {
        Directory.CreateDirectory(_server["tree/a/b"]);
        await File.WriteAllTextAsync(_server["tree/a/b/c"], "deep\n");

        (await _client.ScpAsync(["-rp", _server["tree"], $"{SftpServer.Host}:."])).Expect(0);
        (await SftpAsync($"get -r tree {_server["again"]}")).Expect(0);

        Assert.Equal("deep\n", await File.ReadAllTextAsync(_server["again/a/b/c"]));
    }

    [Theory(Timeout = Patience)]
    [InlineData("get /etc/passwd stolen")]
    [InlineData("get ../../../../etc/passwd stolen")]
    [InlineData("get planted/passwd stolen")]
    [InlineData("get shortcut stolen")]
    [InlineData("get above/sshd_config stolen")]
    [InlineData("cd planted")]
    [InlineData("cd above")]
    [InlineData("ln -s /etc mine")]
    [InlineData("ln owned mine")]
    [InlineData("put stolen above/files/mine")]
    [InlineData("put stolen planted/mine")]
    [InlineData("rename owned above/files/mine")]
    [InlineData("mkdir above/files/mine")]
    [InlineData("rm above/files/kept")]
    [InlineData("chmod 777 above/files/kept")]
    [InlineData("chown 0 owned")]
    public async Task Refuses_what_leads_out_or_gives_more(string attempt)
    {
        await PlantAsync();

        ProcessRun run = await SftpAsync(attempt.Replace("stolen", _server["stolen"], StringComparison.Ordinal));

        Assert.Equal(1, run.ExitCode);
        Assert.Equal("", await File.ReadAllTextAsync(_server["stolen"]));
        Assert.Equal(["kept", "media"], Directory.GetFileSystemEntries(_server.Server.Files).Select(Path.GetFileName).Order());
        Assert.Equal((UnixFileMode)0b110_000_000, File.GetUnixFileMode(_server.Server.Files + "/kept"));
        Assert.Equal(["above", "owned", "planted", "shortcut"], Directory.GetFileSystemEntries(_server.Media).Select(Path.GetFileName).Order());
    }

    [Fact(Timeout = Patience)]
    public async Task Stays_at_the_top_and_sets_no_special_bits()
    {
        await PlantAsync();

        ProcessRun run = (await SftpAsync("cd ../..\npwd\nchmod 6755 owned")).Expect(0);

        Assert.Contains("Remote working directory: /\n", run.Output, StringComparison.Ordinal);
        Assert.Equal((UnixFileMode)0b111_101_101, File.GetUnixFileMode(_server.Media + "/owned"));
    }

    [Theory(Timeout = Patience)]
    [InlineData("id")]
    [InlineData("scp -t .")]
    [InlineData("")]
    public async Task Runs_no_command(string command)
    {
        ProcessRun run = await _client.SshAsync(["-T", SftpServer.Host, .. command.Length == 0 ? Array.Empty<string>() : [command]]);

        Assert.Equal(1, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Equal("sshfn: error: this certificate is for sftp only, and scp without -O: it runs no commands\n", run.Error);
    }

    [Fact(Timeout = Patience)]
    public async Task Forwards_nothing()
    {
        string port = _server.Server.Port.ToString(CultureInfo.InvariantCulture);

        ProcessRun there = await _client.SshAsync(["-W", $"127.0.0.1:{port}", SftpServer.Host]);
        ProcessRun back = await _client.SshAsync(["-N", "-o", "ExitOnForwardFailure=yes", "-R", $"0:127.0.0.1:{port}", SftpServer.Host]);

        Assert.Contains("administratively prohibited", there.Error, StringComparison.Ordinal);
        Assert.Equal(255, back.ExitCode);
        Assert.Contains("remote port forwarding failed", back.Error, StringComparison.Ordinal);
    }

    [Fact(Timeout = Patience)]
    public async Task Finds_a_folder_below_the_home_and_refuses_the_home_and_what_is_hidden_in_it()
    {
        string home = _server.Server.Folder + "/home";
        // Only an account made for the test has a home to play with.
        if (!Directory.Exists(home)) return;
        Directory.CreateDirectory(home + "/pub/media");
        Directory.CreateDirectory(home + "/.ssh");
        File.CreateSymbolicLink(home + "/pub/keys", home + "/.ssh");
        File.CreateSymbolicLink(home + "/pub/all", "..");
        File.CreateSymbolicLink(home + "/pub/root", "/");
        await File.WriteAllTextAsync(home + "/pub/media/logo", "<svg/>");

        ProcessRun served = (await (await _server.ClientOfAsync("pub/media")).SftpAsync(SftpServer.Host, "ls")).Expect(0);

        Assert.Contains("logo", served.Output, StringComparison.Ordinal);
        Assert.Contains("letters, digits", await RefusalAsync(".ssh"), StringComparison.Ordinal);
        Assert.Contains("pub/keys lies in a hidden folder", await RefusalAsync("pub/keys"), StringComparison.Ordinal);
        Assert.Contains("pub/all is the account's home", await RefusalAsync("pub/all"), StringComparison.Ordinal);
        Assert.Contains("pub/root is the root of the file system", await RefusalAsync("pub/root"), StringComparison.Ordinal);
        Assert.Contains($"{home} is the account's home", await RefusalAsync(home), StringComparison.Ordinal);
        Assert.Contains("/tmp contains the account's home", await RefusalAsync("/tmp"), StringComparison.Ordinal);
        Assert.Contains("pub/none is no folder", await RefusalAsync("pub/none"), StringComparison.Ordinal);
        Assert.Contains("pub/media/logo is no folder", await RefusalAsync("pub/media/logo"), StringComparison.Ordinal);
    }

    private static async Task<string> DigestAsync(string path) => Convert.ToHexString(SHA256.HashData(await File.ReadAllBytesAsync(path)));

    private async Task<string> RefusalAsync(string folder)
    {
        // Asked for as a command: of a subsystem sshd drops what it prints on standard error.
        ProcessRun run = (await (await _server.ClientOfAsync(folder)).RunAsync(SftpServer.Host, ["sftp"])).Expect(1);
        Assert.Empty(run.Output);
        return Assert.Single(run.Error.TrimEnd('\n').Split('\n'));
    }

    private Task<ProcessRun> SftpAsync(string batch) => _client.SftpAsync(SftpServer.Host, batch + "\n");

    // What a careless owner may have left in the folder: links that lead out of it.
    private async Task PlantAsync()
    {
        await File.WriteAllTextAsync(_server["stolen"], "");
        await File.WriteAllTextAsync(_server.Media + "/owned", "mine\n");
        await File.WriteAllTextAsync(_server.Server.Files + "/kept", "not served\n");
        File.SetUnixFileMode(_server.Server.Files + "/kept", (UnixFileMode)0b110_000_000);
        File.CreateSymbolicLink(_server.Media + "/planted", "/etc");
        File.CreateSymbolicLink(_server.Media + "/shortcut", "/etc/passwd");
        File.CreateSymbolicLink(_server.Media + "/above", "../..");
        await _server.Server.OwnFilesAsync();
    }
}
