using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Host.Enroll;

/// <summary>Tells the listening sshd of its new configuration, by process id and never by name; its sessions go on.</summary>
/// <remarks>No systemctl: what a unit of sshd does on reload is this same signal, and with socket activation every sshd reads anew.</remarks>
internal static class SshdReload
{
    /// <returns>What happened, for people.</returns>
    internal static string Run(UndoRecord record)
    {
        if (record.Reload == ReloadWay.None)
            return "sshd is not reloaded, as you wished";
        int? process = record.PidFile is { } file ? SshdListener.ByPidFile(file, record.Sshd) : null;
        if (process is null && record.Reload == ReloadWay.Auto)
            process = SshdListener.ByConfig(record.Sshd, record.SshdConfig);
        if (process is { } found)
        {
            return SshdListener.Reload(found) ? $"sshd (process {found}) is reloaded" : throw new CommandFailedException(
                ExitCode.Failed, $"process {found} of sshd can't be told to reload", "run it as root");
        }

        return record.Reload == ReloadWay.Auto ? "no sshd listens with this configuration: it holds from the next start on" : throw new CommandFailedException(
            ExitCode.Failed, $"{record.PidFile ?? "no pid file"} leads to no running {record.Sshd}", "--reload auto looks for it, --reload none leaves it alone");
    }
}
