using System.Text;

namespace SshFunctions.Hooks.Display;

/// <summary>Left-aligned columns, two spaces apart.</summary>
internal sealed class Table(params string[] header)
{
    private readonly List<string[]> _rows = [header];

    internal void Add(params string?[] cells) => _rows.Add([.. cells.Select(cell => cell is { Length: > 0 } ? Printable.Line(cell) : "-")]);

    /// <summary>The lines; those longer than <paramref name="width"/> end in an ellipsis there.</summary>
    internal string Render(int? width = null)
    {
        int[] widths = [.. Enumerable.Range(0, header.Length).Select(column => _rows.Max(row => row[column].Length))];
        StringBuilder text = new();
        foreach (string[] row in _rows)
        {
            string line = string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column])));
            text.Append(Shorten(line.TrimEnd(), width)).Append('\n');
        }

        return text.ToString();
    }

    private static string Shorten(string line, int? width) => line.Length > width ? line[..(width.Value - 1)] + "…" : line;
}
