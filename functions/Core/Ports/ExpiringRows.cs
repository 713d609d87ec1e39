using System.Globalization;

namespace SshFunctions.Core.Ports;

/// <summary>Rows that start with the moment at which they end, so that the oldest stand first and are forgotten a few at a time.</summary>
internal static class ExpiringRows
{
    /// <summary>Characters of a stamp: Unix seconds until beyond any date that can be told.</summary>
    public const int StampLength = 11;

    public static string Stamp(DateTimeOffset time) => time.ToUnixTimeSeconds().ToString($"D{StampLength}", CultureInfo.InvariantCulture);

    /// <summary>Forgets a few that ended before an instant. What another instance forgets at the same time is no loss: the next call finds what is left.</summary>
    public static async Task ForgetAsync(
        this IStore store, string partition, string prefix, DateTimeOffset before, int count, CancellationToken cancellationToken)
    {
        var range = new RowRange(prefix.Length == 0 ? null : prefix, prefix + Stamp(before), count);
        DocumentPage page = await store.ListAsync(partition, range, cancellationToken);
        if (page.Documents.Count == 0) return;
        await store.CommitAsync(
            partition, [.. page.Documents.Select(document => new DocumentChange.Delete(document.Key.Row, document.Version))], cancellationToken);
    }
}
