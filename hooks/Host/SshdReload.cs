using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Host;

/// <summary>Tells the listening sshd of its new configuration, by process id and never by name; its sessions go on.</summary>
/// <remarks>No systemctl: what a unit of sshd does on reload is this same signal, and with socket activation every sshd reads anew.</remarks>
internal static class SshdReload
{
    /// <param name="way">How it is found.</param>
    /// <param name="pidFile">Where its process id lies; null for nowhere.</param>
    /// <param name="sshd">The program.</param>
    /// <param name="config">Its configuration.</param>
    /// <returns>What happened, for people.</returns>
    internal static string Run(ReloadWay way, string? pidFile, string sshd, string config)
    {
        if (way == ReloadWay.None)
            return "sshd is not reloaded, as you wished";
        int? process = pidFile is not null ? SshdListener.ByPidFile(pidFile, sshd) : null;
        if (process is null && way == ReloadWay.Auto)
            process = SshdListener.ByConfig(sshd, config);
        if (process is { } found)
        {
            return SshdListener.Reload(found) ? $"sshd (process {found}) is reloaded" : throw new CommandFailedException(
                ExitCode.Failed, $"process {found} of sshd can't be told to reload", "run it as root");
        }

        return way == ReloadWay.Auto ? "no sshd listens with this configuration: it holds from the next start on" : throw new CommandFailedException(
            ExitCode.Failed, $"{pidFile ?? "no pid file"} leads to no running {sshd}", "--reload auto looks for it, --reload none leaves it alone");
    }
}
