using System.Globalization;
using SshFunctions.Core.Ports;

namespace SshFunctions.Azure.Tables;

/// <summary>The URLs of a table.</summary>
internal sealed class TableAddress(Uri tablesUrl, string name)
{
    private readonly string _service = tablesUrl.ToString().TrimEnd('/');

    public Uri Tables => new($"{_service}/Tables");

    public Uri Batch => new($"{_service}/$batch");

    /// <summary>Where entities are inserted.</summary>
    public Uri Table => new($"{_service}/{name}");

    public Uri Entity(string partition, string row) => new($"{_service}/{name}(PartitionKey='{Escape(partition)}',RowKey='{Escape(row)}')");

    /// <summary>Documents of a range, from where a page ended, if one did.</summary>
    public Uri Query(string partition, RowRange range, (string Partition, string? Row)? continuation)
    {
        string filter = $"PartitionKey eq '{Quote(partition)}'";
        filter += $" and RowKey ge '{Quote(range.From ?? CommitGuard.FirstDocumentRow)}'";
        if (range.To is not null) filter += $" and RowKey lt '{Quote(range.To)}'";
        string query = string.Create(CultureInfo.InvariantCulture, $"$filter={Uri.EscapeDataString(filter)}&$top={range.Limit}");
        if (continuation is { } next)
        {
            query += $"&NextPartitionKey={Uri.EscapeDataString(next.Partition)}";
            if (next.Row is not null) query += $"&NextRowKey={Uri.EscapeDataString(next.Row)}";
        }

        return new Uri($"{_service}/{name}()?{query}");
    }

    private static string Quote(string key) => key.Replace("'", "''", StringComparison.Ordinal);

    private static string Escape(string key) => Uri.EscapeDataString(Quote(key));
}
