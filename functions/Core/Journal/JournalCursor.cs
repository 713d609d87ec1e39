using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace SshFunctions.Core.Journal;

/// <summary>Where reading back goes on: the next entry of each segment that is being read, and the last closed segment that reading came to.</summary>
/// <remarks>Stays good while entries are added: segments that are newer than the first page are not looked at.</remarks>
public sealed class JournalCursor
{
    private const int MaximumLength = 6000;

    internal JournalCursor(long newest, long closedTicks, long closedSegment, ImmutableArray<JournalPosition> open)
    {
        Newest = newest;
        ClosedTicks = closedTicks;
        ClosedSegment = closedSegment;
        Open = open;
    }

    internal long Newest { get; }

    internal long ClosedTicks { get; }

    internal long ClosedSegment { get; }

    internal ImmutableArray<JournalPosition> Open { get; }

    /// <summary>Reads the text of one.</summary>
    /// <param name="text">The text.</param>
    /// <param name="cursor">The cursor.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryParse(string? text, [NotNullWhen(true)] out JournalCursor? cursor)
    {
        cursor = null;
        if (text is null or { Length: > MaximumLength }) return false;
        string[] parts = text.Split('-');
        if (parts.Length < 3 || !TryNumber(parts[0], out long newest) || !TryNumber(parts[1], out long ticks) || !TryNumber(parts[2], out long segment))
            return false;
        var open = ImmutableArray.CreateBuilder<JournalPosition>(parts.Length - 3);
        foreach (string part in parts.AsSpan(3))
        {
            if (part.Split('.') is not [string number, string index] || !TryNumber(number, out long at) || !TryNumber(index, out long last)) return false;
            if (at is < 1 or > JournalPosition.MaximumSegment || last is < 1 or > JournalPosition.MaximumIndex) return false;
            open.Add(new JournalPosition(at, (int)last));
        }

        cursor = new JournalCursor(newest, ticks, segment, open.ToImmutable());
        return true;
    }

    /// <summary>The text.</summary>
    /// <returns>Digits, <c>-</c> and <c>.</c>.</returns>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Newest}-{ClosedTicks}-{ClosedSegment}{string.Concat(Open.Select(position => string.Create(CultureInfo.InvariantCulture, $"-{position.Segment}.{position.Index}")))}");

    private static bool TryNumber(string text, out long number) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
