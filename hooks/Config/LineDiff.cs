using System.Text;

namespace SshFunctions.Hooks.Config;

/// <summary>A unified diff with three lines around each change.</summary>
internal static class LineDiff
{
    private const int Context = 3;

    internal static string Render(FileChange change)
    {
        if (!change.IsChange)
            return "";
        List<(char Mark, string Line)> script = Script(Lines(change.Before), Lines(change.After));
        StringBuilder text = new();
        text.Append($"--- {(change.Before is null ? "/dev/null" : change.Path)}\n+++ {(change.After is null ? "/dev/null" : change.Path)}\n");
        foreach ((int from, int to) in Hunks(script))
        {
            int oldStart = script.Take(from).Count(step => step.Mark != '+');
            int newStart = script.Take(from).Count(step => step.Mark != '-');
            var steps = script.GetRange(from, to - from);
            int oldCount = steps.Count(step => step.Mark != '+');
            int newCount = steps.Count(step => step.Mark != '-');
            text.Append($"@@ -{Start(oldStart, oldCount)},{oldCount} +{Start(newStart, newCount)},{newCount} @@\n");
            foreach ((char mark, string line) in steps)
                text.Append(mark).Append(line).Append('\n');
        }

        return text.ToString();
    }

    private static int Start(int before, int count) => count == 0 ? before : before + 1;

    private static string[] Lines(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return [];
        string utf8 = Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(text));
        return (utf8.EndsWith('\n') ? utf8[..^1] : utf8).Split('\n');
    }

    // Only the middle between the common head and tail is compared as a whole: these files change in one place.
    private static List<(char Mark, string Line)> Script(string[] before, string[] after)
    {
        int head = before.AsSpan().CommonPrefixLength(after);
        int tail = 0;
        while (tail < Math.Min(before.Length, after.Length) - head && before[^(tail + 1)] == after[^(tail + 1)])
            tail++;
        return
        [
            .. before.Take(head).Select(line => (' ', line)),
            .. before[head..^tail].Select(line => ('-', line)),
            .. after[head..^tail].Select(line => ('+', line)),
            .. before.TakeLast(tail).Select(line => (' ', line)),
        ];
    }

    private static IEnumerable<(int From, int To)> Hunks(List<(char Mark, string Line)> script)
    {
        int first = script.FindIndex(step => step.Mark != ' ');
        int last = script.FindLastIndex(step => step.Mark != ' ');
        if (first >= 0)
            yield return (Math.Max(0, first - Context), Math.Min(script.Count, last + 1 + Context));
    }
}
