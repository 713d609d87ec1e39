using System.Globalization;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Host.Refresh;

/// <summary>Makes sshd read its configuration again: SIGHUP, after sshd itself found nothing wrong with it; open sessions stay.</summary>
internal static class ReloadSshd
{
    private const int HangUp = 1;

    internal static void Run(HostAgent agent)
    {
        HostSettings settings = agent.Settings;
        if (settings.PidFile is not { } path)
            return;
        if (Programs.Run(settings.Sshd, "-t", "-f", settings.SshdConfig) is not { ExitCode: 0 })
            throw agent.Refuse(AlarmKind.Configuration, $"sshd was not reloaded: it refuses {settings.SshdConfig}, see {settings.Sshd} -t");
        if (!int.TryParse(Files.Read(path)?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int process)
            || ProcessTable.StartOf(process) is not { } start || !IsSshd(process, settings.Sshd))
            throw agent.Refuse(AlarmKind.Configuration, $"sshd was not reloaded: {path} does not lead to a running sshd");
        ProcessTable.Signal(process, start, HangUp);
    }

    // By name: folders may be links, and an upgrade removes the file that runs, which the kernel says behind its name.
    private static bool IsSshd(int process, string program) =>
        Path.GetFileName(ProcessTable.ProgramOf(process)?.Split(' ')[0]) == Path.GetFileName(Files.Target(program));
}
