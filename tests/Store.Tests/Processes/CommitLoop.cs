using SshFunctions.Core.Ports;
using SshFunctions.Local.Sqlite;

namespace SshFunctions.Store.Tests.Processes;

/// <summary>Commits pairs of rows from several callers until it is killed, and prints each pair once it is acknowledged.</summary>
internal static class CommitLoop
{
    public const string Name = "commit-loop";
    public const string Partition = "pairs";
    public const string Left = "left-";
    public const string Right = "right-";
    private const int CallerCount = 4;

    public static async Task<int> RunAsync(string path)
    {
        await using var store = SqliteStore.Open(path);
        Task callers = Task.WhenAll(Enumerable.Range(0, CallerCount).Select(caller => Task.Run(() => CommitAsync(store, caller))));
        await Task.WhenAny(callers, Console.In.ReadToEndAsync());
        return 0;
    }

    private static async Task CommitAsync(SqliteStore store, int caller)
    {
        byte[] body = new byte[400];
        for (int number = 0; ; number++)
        {
            string pair = $"{Environment.ProcessId}-{caller}-{number}";
            await store.CommitAsync(
                Partition, [new DocumentChange.Insert(Left + pair, body), new DocumentChange.Insert(Right + pair, body)], CancellationToken.None);
            Console.WriteLine(pair + ";");
        }
    }
}
