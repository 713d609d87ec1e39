using System.Security.Cryptography;
using SshFunctions.Support.Processes;

namespace SshFunctions.Support.Sshd;

/// <summary>
/// The real <c>/usr/sbin/sshd</c> on loopback, for one test or one class of tests. Run by root it serves a unix account made for it
/// and removed with it; run by anyone else it serves that user, who alone can log in to it.
/// </summary>
/// <remarks>Nothing of it outlives the test process: no process, no account, no file.</remarks>
public sealed class TestSshd : IAsyncDisposable
{
    /// <summary>sshd demands to be started by its absolute path.</summary>
    public const string Program = "/usr/sbin/sshd";

    private const int PortAttempts = 5;
    private static readonly TimeSpan PatienceWithLog = TimeSpan.FromSeconds(20);

    private readonly SshdProcess _process;
    private readonly SshdConfiguration _configuration;

    private TestSshd(SshdProcess process, SshdConfiguration configuration, string folder, string login, int port, string hostKey)
    {
        _process = process;
        _configuration = configuration;
        Folder = folder;
        Login = login;
        Port = port;
        HostKey = hostKey;
    }

    /// <summary>Where it listens, always on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>The unix account one logs in to.</summary>
    public string Login { get; }

    /// <summary>Its public host key: type and base64, without comment.</summary>
    public string HostKey { get; }

    /// <summary>Everything it is made of; gone when it is.</summary>
    public string Folder { get; }

    /// <summary>A folder the login owns, for what is to be served.</summary>
    public string Files => Path.Combine(Folder, "files");

    /// <summary>What it has logged so far, at level VERBOSE.</summary>
    public string Log => _process.Log;

    /// <summary>A line for <c>known_hosts</c> that trusts its plain host key under a name.</summary>
    /// <param name="host">The name a client uses.</param>
    public string KnownHostsLine(string host) => $"{host},[{host}]:{Port},[127.0.0.1]:{Port} {HostKey}\n";

    /// <summary>Starts it and returns when it listens.</summary>
    /// <param name="settings">What it trusts.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <exception cref="InvalidOperationException">sshd is not installed, or refused to start; the message holds its log.</exception>
    /// <exception cref="TimeoutException">It did not listen within 20 seconds.</exception>
    public static async Task<TestSshd> StartAsync(SshdSettings settings, CancellationToken cancellationToken = default)
    {
        var version = await OpenSshVersion.OfServerAsync(cancellationToken);
        for (var attempt = 1; attempt <= PortAttempts; attempt++)
        {
            if (await TryStartAsync(settings, version, cancellationToken) is { } started) return started;
        }
        throw new InvalidOperationException($"another process took the port {PortAttempts} times");
    }

    /// <summary>Replaces the CAs it trusts; the next login sees them.</summary>
    /// <param name="publicKeys">One per line.</param>
    public void Trust(string publicKeys) => Replace(_configuration.UserCas, System.Text.Encoding.UTF8.GetBytes(publicKeys));

    /// <summary>Replaces the KRL it obeys; the next login sees it. It must have been started with one.</summary>
    /// <param name="list">The whole list.</param>
    public void Revoke(ReadOnlySpan<byte> list) => Replace(_configuration.RevokedKeys, list);

    /// <summary>Waits until its log holds a text: sshd may write a line just after the client has ended.</summary>
    /// <param name="text">Ordinal.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The log.</returns>
    /// <exception cref="TimeoutException">The text did not come within 20 seconds; the message holds the log.</exception>
    public Task<string> LogSaysAsync(string text, CancellationToken cancellationToken = default) =>
        _process.WaitForAsync(log => log.Contains(text, StringComparison.Ordinal), text, PatienceWithLog, cancellationToken);

    /// <summary>Gives what is in <see cref="Files"/> to the login, so that git and sftp find their own files there.</summary>
    public async Task OwnFilesAsync(CancellationToken cancellationToken = default)
    {
        if (!Environment.IsPrivilegedProcess) return;
        (await ProcessRun.ToEndAsync("chown", ["-R", Login, Files], cancellationToken: cancellationToken)).Expect(0);
    }

    /// <summary>Ends it and its sessions, and removes its account and files.</summary>
    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static async Task<TestSshd?> TryStartAsync(SshdSettings settings, OpenSshVersion version, CancellationToken cancellationToken)
    {
        // Under /tmp itself, whatever TMPDIR says: the account made for it must be able to walk there.
        var folder = Directory.CreateDirectory($"/tmp/sshd-{Suffix()}").FullName;
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folder, (UnixFileMode)0b111_101_101);
        Directory.CreateDirectory(Path.Combine(folder, "files"));
        var account = Environment.IsPrivilegedProcess ? $"sshfn-{Suffix()}" : null;
        var login = account ?? Environment.UserName;
        var configuration = new SshdConfiguration(folder, login);
        var port = LoopbackPort.Free();
        try
        {
            await SshKeygen.GenerateAsync(configuration.HostKey, SshKeygen.Ed25519, cancellationToken);
            await configuration.WriteAsync(settings, port, version, cancellationToken);
        }
        catch
        {
            Directory.Delete(folder, recursive: true);
            throw;
        }

        var process = SshdProcess.Start(folder, account, configuration.File);
        var hostKey = string.Join(' ', File.ReadAllText(configuration.HostKey + ".pub").Split(' ')[..2]);
        var listens = false;
        try
        {
            listens = await process.ListensAsync(cancellationToken);
        }
        finally
        {
            if (!listens) await process.DisposeAsync();
        }
        return listens ? new TestSshd(process, configuration, folder, login, port, hostKey) : null;
    }

    private static void Replace(string path, ReadOnlySpan<byte> content)
    {
        File.WriteAllBytes(path + ".new", content);
        File.Move(path + ".new", path, overwrite: true);
    }

    private static string Suffix() => RandomNumberGenerator.GetHexString(8, lowercase: true);
}
