using System.Diagnostics;

namespace SshFunctions.Interop.Tests.Tunnel;

/// <summary>A program that runs until it is disposed; a watchdog ends it with this process.</summary>
internal sealed class BackgroundProgram : IDisposable
{
    private const string Watchdog = "exec 3<&0; \"$@\" <&- & program=$!; cat <&3 >/dev/null; kill $program; wait $program";
    private static readonly TimeSpan PatienceToEnd = TimeSpan.FromSeconds(20);
    private readonly Process _watchdog;

    private BackgroundProgram(Process watchdog) => _watchdog = watchdog;

    public static BackgroundProgram Start(params IEnumerable<string> command) => new(
        Process.Start(new ProcessStartInfo("/bin/sh", ["-c", Watchdog, "program-watchdog", .. command]) { RedirectStandardInput = true })!);

    public void Dispose()
    {
        _watchdog.StandardInput.Close();
        _watchdog.WaitForExit(PatienceToEnd);
        _watchdog.Dispose();
    }
}
