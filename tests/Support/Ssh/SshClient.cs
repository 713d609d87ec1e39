using SshFunctions.Support.Processes;

namespace SshFunctions.Support.Ssh;

/// <summary>The real ssh, scp, sftp and rsync, each with <c>-F</c> one configuration file, so that no file of the user is read.</summary>
/// <param name="configuration">Absolute path of an ssh_config.</param>
/// <param name="environment">Variables on top of this process's, as a hook may need them; null unsets one.</param>
public sealed class SshClient(string configuration, IReadOnlyDictionary<string, string?>? environment = null)
{
    /// <summary>What <c>GIT_SSH_COMMAND</c> and <c>rsync -e</c> call.</summary>
    public string Command => $"ssh -F {configuration}";

    /// <summary>Makes git use this client: <c>GIT_SSH_COMMAND</c> and <c>GIT_SSH_VARIANT</c>, with the further variables.</summary>
    public IReadOnlyDictionary<string, string?> GitEnvironment => new Dictionary<string, string?>(environment ?? NoEnvironment)
    {
        ["GIT_SSH_COMMAND"] = Command,
        ["GIT_SSH_VARIANT"] = "ssh",
    };

    private static Dictionary<string, string?> NoEnvironment => [];

    /// <summary>Runs a command on a host: <c>ssh -F FILE HOST COMMAND…</c>.</summary>
    public Task<ProcessRun> RunAsync(string host, string[] command, string? input = null, CancellationToken cancellationToken = default) =>
        StartAsync("ssh", ["-F", configuration, host, .. command], input, cancellationToken);

    /// <summary>Runs ssh with any arguments after <c>-F FILE</c>.</summary>
    public Task<ProcessRun> SshAsync(string[] arguments, CancellationToken cancellationToken = default) =>
        StartAsync("ssh", ["-F", configuration, .. arguments], null, cancellationToken);

    /// <summary>Opens a connection to a host that stays open; the command it runs there says that it has come so far.</summary>
    /// <exception cref="InvalidOperationException">It was refused; the message holds what ssh said.</exception>
    public Task<LiveConnection> OpenAsync(string host) => LiveConnection.OpenAsync(["-F", configuration, host], environment ?? NoEnvironment);

    /// <summary>Runs scp with any arguments after <c>-F FILE</c>.</summary>
    public Task<ProcessRun> ScpAsync(string[] arguments, CancellationToken cancellationToken = default) =>
        StartAsync("scp", ["-F", configuration, .. arguments], null, cancellationToken);

    /// <summary>Runs sftp on a host with a batch of its commands, one per line: <c>sftp -F FILE -b - HOST</c>.</summary>
    public Task<ProcessRun> SftpAsync(string host, string batch, CancellationToken cancellationToken = default) =>
        StartAsync("sftp", ["-F", configuration, "-b", "-", host], batch, cancellationToken);

    /// <summary>Runs rsync with any arguments after <c>-e "ssh -F FILE"</c>.</summary>
    public Task<ProcessRun> RsyncAsync(string[] arguments, CancellationToken cancellationToken = default) =>
        StartAsync("rsync", ["-e", Command, .. arguments], null, cancellationToken);

    private Task<ProcessRun> StartAsync(string program, string[] arguments, string? input, CancellationToken cancellationToken) =>
        ProcessRun.ToEndAsync(program, arguments, input, environment: environment, cancellationToken: cancellationToken);
}
