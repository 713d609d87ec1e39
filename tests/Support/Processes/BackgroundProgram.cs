using System.Diagnostics;

namespace SshFunctions.Support.Processes;

/// <summary>A program that runs until it is disposed of; a watchdog ends it with this process, however that ends.</summary>
public sealed class BackgroundProgram : IDisposable
{
    private const string Watchdog = "exec 3<&0; \"$@\" <&- & program=$!; cat <&3 >/dev/null; kill $program; wait $program";
    private static readonly TimeSpan PatienceToEnd = TimeSpan.FromSeconds(20);
    private readonly Process _watchdog;

    private BackgroundProgram(Process watchdog) => _watchdog = watchdog;

    /// <summary>Starts a program, without a shell's reading of its words.</summary>
    /// <param name="command">The program and its arguments.</param>
    public static BackgroundProgram Start(params IEnumerable<string> command) => new(
        Process.Start(new ProcessStartInfo("/bin/sh", ["-c", Watchdog, "program-watchdog", .. command]) { RedirectStandardInput = true })!);

    /// <summary>Asks it to end, and waits for that.</summary>
    public void Dispose()
    {
        _watchdog.StandardInput.Close();
        _watchdog.WaitForExit(PatienceToEnd);
        _watchdog.Dispose();
    }
}
