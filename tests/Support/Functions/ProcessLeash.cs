using System.Diagnostics;
using System.Globalization;

namespace SshFunctions.Support.Functions;

/// <summary>Has a process killed when this one ends, in whatever way, without being its parent.</summary>
internal sealed class ProcessLeash : IDisposable
{
    private readonly Process _watchdog;

    public ProcessLeash(int processId) => _watchdog = Process.Start(new ProcessStartInfo(
        "/bin/sh", ["-c", "cat >/dev/null; kill -9 \"$1\" 2>/dev/null", "leash", processId.ToString(CultureInfo.InvariantCulture)])
    {
        RedirectStandardInput = true,
    })!;

    /// <summary>Lets the process go.</summary>
    public void Dispose()
    {
        _watchdog.Kill();
        _watchdog.WaitForExit();
        _watchdog.Dispose();
    }
}
