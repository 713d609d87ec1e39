using System.Security.Cryptography;
using SshFunctions.Core.Ports;
using SshFunctions.Local.Sqlite;
using SshFunctions.Store.Tests.Processes;

namespace SshFunctions.Store.Tests.Sqlite;

public sealed class SqliteStoreKillTests
{
    private const int KillCount = 10;
    private const int MostLinesBeforeKill = 400;

    [Fact(Timeout = 120_000)]
    public async Task A_process_killed_at_any_moment_has_kept_all_that_it_acknowledged_and_nothing_by_half()
    {
        using var folder = new TemporaryFolder();
        var acknowledged = new List<string>();
        for (int round = 0; round < KillCount; round++)
        {
            await RunAndKillAsync(folder.StorePath, acknowledged);

            Assert.Equal("ok", IntegrityOf(folder.StorePath));
            HashSet<string> rows = await RowsAsync(folder.StorePath);
            Assert.All(acknowledged, pair => Assert.Contains(CommitLoop.Left + pair, rows));
            int leftCount = rows.Count(row => row.StartsWith(CommitLoop.Left, StringComparison.Ordinal));
            Assert.All(acknowledged, pair => Assert.Contains(CommitLoop.Right + pair, rows));
            Assert.Equal(rows.Count, 2 * leftCount);
        }

        Assert.True(acknowledged.Count >= KillCount, $"only {acknowledged.Count} commits were acknowledged");
    }

    private static async Task RunAndKillAsync(string path, List<string> acknowledged)
    {
        using var victim = Victim.Start(CommitLoop.Name, path);
        int linesBeforeKill = RandomNumberGenerator.GetInt32(1, MostLinesBeforeKill);
        for (int line = 0; line < linesBeforeKill; line++) acknowledged.Add(Assert.IsType<string>(await victim.ReadLineAsync()));
        victim.Kill();
        while (await victim.ReadLineAsync() is { } pair) acknowledged.Add(pair);
        await victim.WaitForExitAsync();
    }

    private static string? IntegrityOf(string path)
    {
        using var connection = SqliteConnection.Open(path, TimeSpan.Zero);
        return connection.Query("PRAGMA integrity_check");
    }

    private static async Task<HashSet<string>> RowsAsync(string path)
    {
        await using var store = SqliteStore.Open(path);
        var rows = new HashSet<string>(StringComparer.Ordinal);
        for (RowRange? rest = RowRange.All; rest is { } range;)
        {
            DocumentPage page = await store.ListAsync(CommitLoop.Partition, range, CancellationToken.None);
            rows.UnionWith(page.Documents.Select(document => document.Key.Row));
            rest = page.Next is null ? null : range.Continue(page.Next);
        }

        return rows;
    }
}
