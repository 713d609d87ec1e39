using System.Diagnostics;
using System.Globalization;
using SshFunctions.Support.Processes;

namespace SshFunctions.Hooks.Tests.Hostile;

/// <summary>A run of sshfn with the time and the memory that it took.</summary>
/// <param name="Run">How it ended.</param>
/// <param name="Elapsed">From start to end.</param>
/// <param name="PeakBytes">The most memory that it held at once, as seen every few milliseconds.</param>
internal sealed record WatchedRun(ProcessRun Run, TimeSpan Elapsed, long PeakBytes)
{
    // Ten seconds for a broker that does not answer, and what a busy machine adds.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private const long MostBytes = 100 * 1024 * 1024;

    /// <summary>What is wrong with the ending, the time or the memory; null when nothing is.</summary>
    internal string? Fault => Clear.Fault(Run)
        ?? (Elapsed > Longest ? $"it took {Elapsed.TotalSeconds} s" : null)
        ?? (PeakBytes > MostBytes && SshfnProgram.IsAheadOfTime ? $"it held {PeakBytes / (1024 * 1024)} MiB" : null);

    internal static async Task<WatchedRun> OfAsync(SshfnProgram sshfn, params string[] arguments)
    {
        long start = Stopwatch.GetTimestamp();
        // The shell tells the number of the process that then becomes sshfn.
        string place = sshfn.Folder[Guid.NewGuid().ToString("N")];
        Task<ProcessRun> running = sshfn.RunOtherAsync("/bin/sh", ["-c", "echo $$ >\"$0\"; exec \"$@\"", place, SshfnProgram.Executable, .. arguments]);
        long peak = 0;
        while (!running.IsCompleted)
        {
            peak = Math.Max(peak, Peak(place));
            await Task.WhenAny(running, Task.Delay(TimeSpan.FromMilliseconds(5)));
        }

        return new(await running, Stopwatch.GetElapsedTime(start), peak);
    }

    private static long Peak(string place)
    {
        try
        {
            string? line = File.ReadLines($"/proc/{File.ReadAllText(place).Trim()}/status").FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line.AsSpan(6).Trim(" \tkB"), NumberStyles.None, CultureInfo.InvariantCulture) * 1024;
        }
        catch (IOException)
        {
            // Not yet there, or there no more.
            return 0;
        }
    }
}
