namespace SshFunctions.Core.Ports;

/// <summary>Rows of a partition, ordinal order.</summary>
/// <remarks>Bounds need not be rows that exist, nor even keys: see <see cref="StoreLimits.CheckList"/>. A range that ends before it begins is empty.</remarks>
/// <param name="From">First row, inclusive; null for the partition's first.</param>
/// <param name="To">Row that ends the range, exclusive; null for the partition's end.</param>
/// <param name="Limit">Most documents of a page, 1 to <see cref="StoreLimits.MaximumPageCount"/>.</param>
public readonly record struct RowRange(string? From, string? To, int Limit = StoreLimits.MaximumPageCount)
{
    /// <summary>Every row.</summary>
    public static RowRange All { get; } = new(null, null);

    /// <summary>Every row that starts with a text.</summary>
    /// <param name="prefix">At least one character.</param>
    /// <returns>The range.</returns>
    /// <exception cref="ArgumentException">The prefix is empty or no part of a key.</exception>
    public static RowRange StartingWith(string prefix)
    {
        DocumentKey.CheckPart(prefix, nameof(prefix));
        // Every character of a key is below U+007F, so the next one up ends the range and no key holds it.
        return new RowRange(prefix, prefix[..^1] + (char)(prefix[^1] + 1));
    }

    /// <summary>The same rows, fewer at a time.</summary>
    /// <param name="limit">1 to <see cref="StoreLimits.MaximumPageCount"/>.</param>
    /// <returns>The range.</returns>
    public RowRange Take(int limit) => this with { Limit = limit };

    /// <summary>The rest of a range after one of its rows.</summary>
    /// <param name="row">The last row that is not wanted; null for the whole range. It need not be there any more.</param>
    /// <returns>The range.</returns>
    /// <exception cref="ArgumentException">The row is no part of a key.</exception>
    public RowRange After(string? row)
    {
        if (row is null) return this;
        // '!' is the first of the key alphabet, so nothing lies between a row and the row with it appended. A row before the range
        // leaves the range whole.
        string next = DocumentKey.CheckPart(row, nameof(row)) + "!";
        return From is not null && string.CompareOrdinal(next, From) < 0 ? this : this with { From = next };
    }

    /// <summary>The rest of a range after a page of it.</summary>
    /// <param name="next"><see cref="DocumentPage.Next"/> of that page.</param>
    /// <returns>The range.</returns>
    public RowRange Continue(string next) => this with { From = next };
}
