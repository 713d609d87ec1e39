using System.Globalization;
using System.Text;

namespace SshFunctions.Hooks.Outside;

/// <summary>The processes above this one.</summary>
internal static class ProcessTable
{
    internal static int Parent => Libc.ParentProcess();

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
    /// <remarks>Source: proc_pid_stat(5): the name is in parentheses and may hold any character, so fields are counted from the last one.</remarks>
    internal static int ParentOf(int process)
    {
        try
        {
            string text = File.ReadAllText($"/proc/{process}/stat", Encoding.Latin1);
            string[] fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return int.Parse(fields[1], CultureInfo.InvariantCulture);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }
}
