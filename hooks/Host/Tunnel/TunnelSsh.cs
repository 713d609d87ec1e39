using System.Globalization;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Host.Tunnel;

/// <summary>The stock ssh that holds the tunnel open: one listening port on the bastion, no session, no terminal, no agent.</summary>
internal static class TunnelSsh
{
    /// <summary>Its arguments.</summary>
    /// <remarks>
    /// The keep-alive tells a dead bastion within half a minute, and ExitOnForwardFailure a port that a former connection still holds.
    /// </remarks>
    internal static string[] Arguments(HostFolders folders, TunnelRoute route, string target) =>
    [
        "-F", "none", "-N", "-T", "-a", "-x",
        .. Options(
            "BatchMode=yes", "ExitOnForwardFailure=yes", "ServerAliveInterval=10", "ServerAliveCountMax=3", "ConnectTimeout=10", "TCPKeepAlive=yes",
            "IdentitiesOnly=yes", "IdentityAgent=none", "PreferredAuthentications=publickey", $"IdentityFile={folders.TunnelKey}",
            $"CertificateFile={folders.TunnelCertificate}", "StrictHostKeyChecking=yes", $"UserKnownHostsFile={folders.TunnelKnownHosts}",
            "GlobalKnownHostsFile=/dev/null", "UpdateHostKeys=no"),
        "-R", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{route.ListenPort}:{target}"),
        "-p", route.Port.ToString(CultureInfo.InvariantCulture), "--", $"{route.Login}@{route.Host}",
    ];

    /// <summary>Starts it; what it says goes to this process's standard error.</summary>
    /// <exception cref="CommandFailedException">There is no ssh.</exception>
    internal static RunningProgram Start(HostFolders folders, TunnelRoute route, string target) =>
        RunningProgram.Start("ssh", folders.RunFolder, Arguments(folders, route, target))
            ?? throw new CommandFailedException(ExitCode.Failed, "ssh can't be started", "is the OpenSSH client installed and in PATH?");

    private static IEnumerable<string> Options(params string[] options) => options.SelectMany(option => new[] { "-o", option });
}
