using System.Globalization;
using System.Text;

namespace SshFunctions.Hooks.Outside;

/// <summary>Processes: those above this one, those below another, and their ends.</summary>
internal static class ProcessTable
{
    // USER_HZ, which Linux shows to programs on every architecture that .NET runs on.
    private const double TicksPerSecond = 100;

    private const int StateField = 0;
    private const int ParentField = 1;
    private const int StartField = 19;

    internal static int Parent => Libc.ParentProcess();

    /// <summary>How long this process has been there, loading included.</summary>
    internal static TimeSpan Age =>
        Status(Environment.ProcessId) is { } fields
            ? TimeSpan.FromSeconds(double.Parse(File.ReadAllText("/proc/uptime").Split(' ')[0], CultureInfo.InvariantCulture))
                - TimeSpan.FromSeconds(double.Parse(fields[StartField], CultureInfo.InvariantCulture) / TicksPerSecond)
            : TimeSpan.Zero;

    /// <summary>The arguments of a process, its name first; null when it is gone or hidden.</summary>
    internal static string[]? Arguments(int process)
    {
        try
        {
            string text = Encoding.UTF8.GetString(File.ReadAllBytes($"/proc/{process}/cmdline"));
            return text.Length == 0 ? null : text.TrimEnd('\0').Split('\0');
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The parent of a process; 0 when it can't be told.</summary>
    internal static int ParentOf(int process) =>
        Status(process) is { } fields ? int.Parse(fields[ParentField], CultureInfo.InvariantCulture) : 0;

    /// <summary>When a process began, in ticks since the machine did; null when it is gone. With the pid it names a process for good.</summary>
    internal static ulong? StartOf(int process) =>
        Status(process) is { } fields && fields[StateField] is not ("Z" or "X") ? ulong.Parse(fields[StartField], CultureInfo.InvariantCulture) : null;

    /// <summary>Every process below some, at this moment, with its start.</summary>
    internal static IReadOnlyList<(int Process, ulong Start)> Below(params IEnumerable<int> processes)
    {
        ILookup<int, int> children = All().ToLookup(ParentOf);
        List<(int, ulong)> found = [];
        Queue<int> above = new(processes);
        while (above.TryDequeue(out int parent))
        {
            foreach (int child in children[parent])
            {
                above.Enqueue(child);
                if (StartOf(child) is { } start)
                    found.Add((child, start));
            }
        }

        return found;
    }

    /// <summary>Sends a signal to a process that still is the one which began then.</summary>
    internal static void Signal(int process, ulong start, int signal)
    {
        if (process > 1 && StartOf(process) == start)
            _ = Libc.Kill(process, signal);
    }

    /// <summary>The real user of a process; null when it is gone. Not the owner of its folder in /proc, which is root where the process hides itself.</summary>
    internal static uint? UserOf(int process)
    {
        try
        {
            string? line = File.ReadLines($"/proc/{process}/status", Encoding.Latin1).FirstOrDefault(line => line.StartsWith("Uid:", StringComparison.Ordinal));
            return uint.TryParse(line?.Split('\t', StringSplitOptions.RemoveEmptyEntries).ElementAtOrDefault(1), NumberStyles.None, CultureInfo.InvariantCulture, out uint user) ? user : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The program that a process runs, links resolved; null when it is gone or hidden.</summary>
    internal static string? ProgramOf(int process)
    {
        try
        {
            return new FileInfo($"/proc/{process}/exe").LinkTarget;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static IEnumerable<int> All() =>
        Directory.EnumerateDirectories("/proc")
            .Select(path => int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out int process) ? process : 0)
            .Where(process => process > 0);

    // The fields after the name, which is in parentheses and may hold any character. Source: proc_pid_stat(5).
    private static string[]? Status(int process)
    {
        try
        {
            string text = File.ReadAllText($"/proc/{process}/stat", Encoding.Latin1);
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
