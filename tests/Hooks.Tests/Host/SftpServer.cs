using SshFunctions.Support.Files;
using SshFunctions.Support.Processes;
using SshFunctions.Support.Programs;
using SshFunctions.Support.Ssh;
using SshFunctions.Support.Sshd;

namespace SshFunctions.Hooks.Tests.Host;

/// <summary>A stock sshd with the program under test beside it, and certificates that ssh-keygen made, each for one folder.</summary>
public sealed class SftpServer : IAsyncDisposable
{
    public const string Host = "files.example.com";

    private readonly TemporaryFolder _folder;

    private SftpServer(TemporaryFolder folder, TestSshd server)
    {
        _folder = folder;
        Server = server;
    }

    public TestSshd Server { get; }

    /// <summary>The folder to be served, which the login owns.</summary>
    public string Media => Path.Combine(Server.Files, "media");

    /// <summary>The client's own files.</summary>
    public string this[string name] => _folder[name];

    public static async Task<SftpServer> StartAsync()
    {
        var folder = new TemporaryFolder();
        string ca = await SshKeygen.GenerateAsync(folder["ca"], SshKeygen.Ed25519);
        await SshKeygen.GenerateAsync(folder["key"], SshKeygen.Ed25519);
        var started = new SftpServer(folder, await TestSshd.StartAsync(new SshdSettings { TrustedUserCaKeys = ca }));
        Directory.CreateDirectory(started.Media);
        // Beside the server's files: its login might not be allowed to walk to where this was built.
        string program = Path.GetDirectoryName(ProductProgram.Sshfn.Path)!;
        (await ProcessRun.ToEndAsync("cp", ["-r", program, started.Program])).Expect(0);
        (await ProcessRun.ToEndAsync("chmod", ["-R", "a+rX", started.Program])).Expect(0);
        await started.Server.OwnFilesAsync();
        return started;
    }

    private string Program => Path.Combine(Server.Folder, "program");

    /// <summary>A client whose certificate gives one folder.</summary>
    public async Task<SshClient> ClientOfAsync(string folder)
    {
        string command = $"force-command={Program}/sshfn host sftp {folder}";
        string certificate = await SshKeygen.SignLimitedUserAsync(_folder["ca"], _folder["key"], Server.Login, [command]);
        return SshClientConfiguration.With(Server, Host, _folder["key"], certificate, _folder);
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _folder.Dispose();
    }
}
