using System.Globalization;
using System.Security.Cryptography;
using SshFunctions.Support.Processes;

namespace SshFunctions.Support.Sshd;

/// <summary>
/// A stock sshd as a distribution leaves it, with its own configuration, PAM service and unix account, and sshfn installed beside it:
/// what <c>sshfn host enroll</c> meets. Needs root.
/// </summary>
/// <remarks>
/// All of it lies below /opt, because sshd runs no program from below /tmp. sshd is started by a link of a name that nobody else has:
/// before 9.8 its PAM service is named so. Nothing of it outlives the test process.
/// </remarks>
public sealed class EnrollableSshd : IAsyncDisposable
{
    /// <summary>As Debian 12 has it, but for paths and ports.</summary>
    private const string StockPamService = "/etc/pam.d/sshd";

    private const string Listening = "Server listening on";
    private static readonly TimeSpan PatienceWithLog = TimeSpan.FromSeconds(20);

    private readonly SshdProcess _process;
    private readonly string? _network;

    private EnrollableSshd(SshdProcess process, EnrollableFolder files, int port, string login, string? network)
    {
        _network = network;
        _process = process;
        Files = files;
        Port = port;
        Login = login;
    }

    /// <summary>What it is made of.</summary>
    public EnrollableFolder Files { get; }

    /// <summary>Where it listens, on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>The unix account one logs in to; its password is locked.</summary>
    public string Login { get; }

    /// <summary>What it has logged so far, at level VERBOSE.</summary>
    public string Log => _process.Log;

    /// <summary>Starts it and returns when it listens.</summary>
    /// <param name="configuration">Further lines of its configuration.</param>
    /// <param name="usePam">Whether it was set up with PAM.</param>
    /// <param name="network">The network namespace of the machine that it is on; null for this one's.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<EnrollableSshd> StartAsync(
        string configuration = "", bool usePam = true, string? network = null, CancellationToken cancellationToken = default)
    {
        string suffix = RandomNumberGenerator.GetHexString(8, lowercase: true);
        var files = new EnrollableFolder($"/opt/sshfn-{suffix}", $"sshfn{suffix}");
        int port = LoopbackPort.Free();
        SshdProcess process;
        try
        {
            await files.MakeAsync(StockPamService, port, configuration, usePam, cancellationToken);
            process = SshdProcess.Start(files.Root, $"sshfn-{suffix}", files.SshdConfig, files.Sshd, files.PamService, network);
        }
        catch
        {
            files.Remove();
            throw;
        }

        bool listens = false;
        try
        {
            listens = await process.ListensAsync(cancellationToken);
            return listens ? new EnrollableSshd(process, files, port, $"sshfn-{suffix}", network) : throw new InvalidOperationException("another process took its port");
        }
        finally
        {
            if (!listens) await process.DisposeAsync();
        }
    }

    /// <summary>Runs the installed sshfn, told where this host's files lie.</summary>
    /// <param name="input">What it reads.</param>
    /// <param name="command">After <c>sshfn host</c>: one word.</param>
    /// <param name="options">After the folders.</param>
    public Task<ProcessRun> HostAsync(string command, string? input = null, params string[] options)
    {
        string[] words = [.. HostCommand(command), .. options];
        return ProcessRun.ToEndAsync(words[0], words[1..], input, environment: NoBroker);
    }

    /// <summary>The installed sshfn on its machine, told where this host's files lie: the program and its arguments.</summary>
    /// <param name="command">After <c>sshfn host</c>: one word.</param>
    public IReadOnlyList<string> HostCommand(string command) =>
    [
        .. _network is null ? Array.Empty<string>() : ["ip", "netns", "exec", _network],
        Files.Sshfn, "host", command, "--folder", Files.Folder, "--run-folder", Files.RunFolder,
    ];

    /// <summary>Starts <c>sshfn host refresh --watch</c> on its machine.</summary>
    public BackgroundProgram StartAgent() => BackgroundProgram.Start([.. HostCommand("refresh"), "--watch"]);

    /// <summary>Ends it with its sessions, and waits until it listens anew.</summary>
    public async Task RestartAsync()
    {
        int starts = Starts(Log);
        await _process.RestartAsync();
        await RestartedAsync(starts);
    }

    /// <summary>Enrolls it with a token, and waits until it listens anew.</summary>
    /// <param name="broker">The broker's address.</param>
    /// <param name="token">The enrollment token.</param>
    /// <param name="options">Further options of <c>sshfn host enroll</c>.</param>
    public async Task<ProcessRun> EnrollAsync(string broker, string token, params string[] options)
    {
        int starts = Starts(Log);
        ProcessRun run = (await HostAsync("enroll", token, ["--broker", broker, "--token-stdin", .. Machine, .. options])).Expect(0);
        await RestartedAsync(starts);
        return run;
    }

    /// <summary>Takes it back, and waits until it listens anew.</summary>
    /// <param name="options">Further options of <c>sshfn host unenroll</c>.</param>
    public async Task<ProcessRun> UnenrollAsync(params string[] options)
    {
        int starts = Starts(Log);
        ProcessRun run = (await HostAsync("unenroll", null, options)).Expect(0);
        await RestartedAsync(starts);
        return run;
    }

    /// <summary>The options that name this sshd, its configuration and its PAM service.</summary>
    public IReadOnlyList<string> Machine => ["--sshd", Files.Sshd, "--sshd-config", Files.SshdConfig, "--pam-service", Files.PamService];

    /// <summary>Waits until its log holds a text.</summary>
    /// <param name="text">Ordinal.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<string> LogSaysAsync(string text, CancellationToken cancellationToken = default) =>
        _process.WaitForAsync(log => log.Contains(text, StringComparison.Ordinal), text, PatienceWithLog, cancellationToken);

    /// <summary>Lines of ssh_config that lead to it by address, with nothing from elsewhere and no questions.</summary>
    /// <param name="host">The name one types.</param>
    /// <param name="knownHosts">Absolute path of a known_hosts file.</param>
    /// <param name="port">Another port than <see cref="Port"/>.</param>
    public string ClientConfiguration(string host, string knownHosts, int? port = null) => string.Create(CultureInfo.InvariantCulture, $"""
        Host {host}
          HostName 127.0.0.1
          Port {port ?? Port}
          User {Login}
          UserKnownHostsFile {knownHosts}
          GlobalKnownHostsFile /dev/null
          StrictHostKeyChecking yes
          UpdateHostKeys no
          IdentityAgent none
          IdentitiesOnly yes
          ConnectTimeout 20

        """);

    /// <summary>Ends it and its sessions, and removes its account, PAM service and files.</summary>
    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static IReadOnlyDictionary<string, string?> NoBroker { get; } = new Dictionary<string, string?> { ["SSHFN_BROKER"] = null, ["SSHFN_TOKEN"] = null };

    private static int Starts(string log) => log.Split(Listening).Length;

    private Task<string> RestartedAsync(int before) =>
        _process.WaitForAsync(log => Starts(log) > before, $"{Listening}, once more", PatienceWithLog, CancellationToken.None);
}
