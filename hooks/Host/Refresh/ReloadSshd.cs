using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Host.Refresh;

/// <summary>Makes sshd read its configuration again, after sshd itself found nothing wrong with it.</summary>
internal static class ReloadSshd
{
    internal static void Run(HostAgent agent)
    {
        HostSettings settings = agent.Settings;
        if (settings.Reload == ReloadWay.None)
            return;
        if (Programs.Run(settings.Sshd, "-t", "-f", settings.SshdConfig) is not { ExitCode: 0 })
            throw agent.Refuse(AlarmKind.Configuration, $"sshd was not reloaded: it refuses {settings.SshdConfig}, see {settings.Sshd} -t");
        try
        {
            SshdReload.Run(settings.Reload, settings.PidFile, settings.Sshd, settings.SshdConfig);
        }
        catch (CommandFailedException failure)
        {
            throw agent.Refuse(AlarmKind.Configuration, $"sshd was not reloaded: {failure.Message}");
        }
    }
}
