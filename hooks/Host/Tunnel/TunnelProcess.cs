using System.Globalization;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Host.Tunnel;

/// <summary>The ssh of the tunnel, by process id and start time, so that one whose keeper was killed does not hold the port for ever.</summary>
internal static class TunnelProcess
{
    private const int TerminateSignal = 15;

    internal static void Note(HostFolders folders, int process) =>
        Files.Write(folders.TunnelProcess, string.Create(CultureInfo.InvariantCulture, $"{process} {ProcessTable.StartOf(process) ?? 0}\n"), Files.Private);

    /// <summary>Ends the one that was noted, if it is still that one.</summary>
    internal static void End(HostFolders folders)
    {
        string[] parts = (Files.Read(folders.TunnelProcess) ?? "").Trim().Split(' ');
        if (parts is [var id, var start] && int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out int process)
            && ulong.TryParse(start, NumberStyles.None, CultureInfo.InvariantCulture, out ulong started))
            ProcessTable.Signal(process, started, TerminateSignal);
        Files.Delete(folders.TunnelProcess);
    }
}
