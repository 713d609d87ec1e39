using System.Text;

namespace SshFunctions.Hooks.Display;

/// <summary>Left-aligned columns, two spaces apart.</summary>
internal sealed class Table(params string[] header)
{
    private readonly List<string[]> _rows = [header];

    internal void Add(params string?[] cells) => _rows.Add([.. cells.Select(cell => cell is { Length: > 0 } ? Printable.Line(cell) : "-")]);

    internal string Render()
    {
        int[] widths = [.. Enumerable.Range(0, header.Length).Select(column => _rows.Max(row => row[column].Length))];
        StringBuilder text = new();
        foreach (string[] row in _rows)
        {
            string line = string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column])));
            text.Append(line.TrimEnd()).Append('\n');
        }

        return text.ToString();
    }
}
