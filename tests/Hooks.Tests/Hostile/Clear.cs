using System.Globalization;
using SshFunctions.Support.Processes;

namespace SshFunctions.Hooks.Tests.Hostile;

/// <summary>How sshfn may end, whatever it met: with a documented exit code, a line or two for people, and nothing that a terminal would obey.</summary>
internal static class Clear
{
    private const int LastExitCode = 8;
    private const int MostLines = 4;
    private const int MostCharacters = 12_000;

    /// <summary>What is wrong with an ending; null when nothing is.</summary>
    internal static string? Fault(ProcessRun run)
    {
        string[] lines = run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (run.ExitCode is < 0 or > LastExitCode)
            return $"exit code {run.ExitCode} is documented nowhere";
        if (run.Error.Contains(" has a defect: ", StringComparison.Ordinal))
            return "it met a defect of its own";
        if (lines.Length > MostLines || run.Error.Length > MostCharacters || lines.Any(line => !line.StartsWith("sshfn: ", StringComparison.Ordinal)))
            return "it says more than a few lines of its own";
        return run.ExitCode != 0 && lines.Length == 0 ? "it does not say why" : UnsafeText(run.Output + run.Error);
    }

    /// <summary>What is wrong with a text on its way to a terminal; null when nothing is.</summary>
    internal static string? UnsafeText(string text)
    {
        foreach (char character in text.Where(character => character != '\n'))
        {
            if (char.GetUnicodeCategory(character) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
                return string.Create(CultureInfo.InvariantCulture, $"it prints U+{(int)character:X4}");
        }

        return null;
    }

    /// <summary>A finding with everything that reproduces it.</summary>
    internal static string Describe(string what, string fault, ProcessRun run) =>
        $"{what}: {fault}\n  exit code {run.ExitCode}\n  stdout: {Shorten(run.Output)}\n  stderr: {Shorten(run.Error)}";

    private static string Shorten(string text) => text.Length > 600 ? text[..600] + "…" : text;
}
