using System.ComponentModel;
using System.Diagnostics;

namespace SshFunctions.Hooks.Outside;

/// <summary>Another program that runs beside this one; it says what it says on this one's standard error.</summary>
internal sealed class RunningProgram : IDisposable
{
    private readonly Process _process;

    private RunningProgram(Process process) => _process = process;

    internal int Id => _process.Id;

    internal bool HasEnded => _process.HasExited;

    /// <summary>Starts it in a folder, with nothing on its standard input; null when it can't be started.</summary>
    internal static RunningProgram? Start(string program, string folder, params IReadOnlyList<string> arguments)
    {
        try
        {
            Process process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardInput = true })!;
            return new RunningProgram(process);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    /// <summary>Waits until it has ended, or until the turn is over; throws in neither case.</summary>
    internal async Task EndsAsync(CancellationToken turn)
    {
        try
        {
            await _process.WaitForExitAsync(turn);
        }
        catch (OperationCanceledException)
        {
            // The turn is over.
        }
    }

    public void Dispose() => _process.Dispose();
}
