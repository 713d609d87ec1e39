namespace SshFunctions.Core.Ports;

/// <summary>Bounds that every backend enforces, so that no caller depends on the stronger one.</summary>
/// <remarks>Source: Azure Tables, "Performing entity group transactions" and "Understanding the Table service data model".</remarks>
public static class StoreLimits
{
    /// <summary>Most changes in one commit: the 100 of Azure Tables less one, which a backend may need to know what became of the others.</summary>
    public const int MaximumChangeCount = 99;

    /// <summary>Most bytes of all bodies in one commit: 4 MiB of Azure Tables less base64 and the envelope of each change.</summary>
    public const int MaximumCommitBytes = 5 * 512 * 1024;

    /// <summary>Most bytes of one body: a document of Azure Tables is at most 1 MiB, its binary properties at most 64 KiB each.</summary>
    public const int MaximumBodyBytes = 768 * 1024;

    /// <summary>Most characters of a partition or a row.</summary>
    public const int MaximumKeyLength = 400;

    /// <summary>Most documents in one page.</summary>
    public const int MaximumPageCount = 1000;

    /// <summary>Checks a commit's arguments before a backend does anything, alike for every backend.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="changes">The changes.</param>
    /// <returns>The changes, in a list that the caller can't alter while the commit waits.</returns>
    /// <exception cref="ArgumentException">
    /// The partition is no key, or there are no changes, too many, too large ones, or two of one row.
    /// </exception>
    public static IReadOnlyList<DocumentChange> CheckCommit(string partition, IReadOnlyList<DocumentChange> changes)
    {
        DocumentKey.CheckPart(partition, nameof(partition));
        ArgumentNullException.ThrowIfNull(changes);
        DocumentChange[] snapshot = [.. changes];
        if (snapshot.Length is 0 or > MaximumChangeCount)
            throw new ArgumentException($"{snapshot.Length} changes; a commit holds 1 to {MaximumChangeCount}", nameof(changes));

        var rows = new HashSet<string>(snapshot.Length, StringComparer.Ordinal);
        int commitBytes = 0;
        foreach (DocumentChange change in snapshot)
        {
            ArgumentNullException.ThrowIfNull(change, nameof(changes));
            int bodyBytes = change.BodyBytes;
            if (bodyBytes > MaximumBodyBytes)
                throw new ArgumentException($"a body of {bodyBytes} bytes; at most {MaximumBodyBytes}", nameof(changes));
            commitBytes += bodyBytes;
            if (!rows.Add(change.Row)) throw new ArgumentException("two changes of one row", nameof(changes));
        }

        if (commitBytes > MaximumCommitBytes)
            throw new ArgumentException($"bodies of {commitBytes} bytes in all; at most {MaximumCommitBytes}", nameof(changes));
        return snapshot;
    }

    /// <summary>Checks a listing's arguments before a backend does anything, alike for every backend.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="range">The range; a bound need not be a row, but it is 1 to <see cref="MaximumKeyLength"/> ASCII characters above the space.</param>
    /// <exception cref="ArgumentException">The partition is no key, a bound holds another character, or the limit is no page.</exception>
    public static void CheckList(string partition, RowRange range)
    {
        DocumentKey.CheckPart(partition, nameof(partition));
        CheckBound(range.From);
        CheckBound(range.To);
        if (range.Limit is < 1 or > MaximumPageCount)
            throw new ArgumentException($"a page of {range.Limit} documents; 1 to {MaximumPageCount}", nameof(range));
    }

    private static void CheckBound(string? bound)
    {
        // U+007F ends the range of a prefix whose last character is '~'.
        if (bound is not null && (bound.Length is 0 or > MaximumKeyLength || bound.AsSpan().ContainsAnyExceptInRange('!', '\u007f')))
            throw new ArgumentException("a bound that no row can lie beside", nameof(bound));
    }
}
