namespace SshFunctions.Local.Sqlite;

/// <summary>What tests turn to reach the store's edges.</summary>
/// <param name="BusyTimeout">How long to wait for a lock that another process holds.</param>
/// <param name="MaximumPageCount">Most pages that the file may have; null for SQLite's own bound.</param>
internal sealed record SqliteSettings(TimeSpan BusyTimeout, int? MaximumPageCount = null)
{
    public static SqliteSettings Default { get; } = new(TimeSpan.FromSeconds(5));
}
