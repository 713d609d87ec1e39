using System.Globalization;
using SshFunctions.Local.Sqlite;
using SshFunctions.Support.Proofs.Histories;

namespace SshFunctions.Store.Tests.Processes;

/// <summary>Has clients call a store on a file at random, and prints each call before it is begun and again when it is answered.</summary>
internal static class HistoryLoop
{
    public const string Name = "history-loop";
    public const int ClientCount = 3;
    private const int CallCount = 60;

    public static async Task<int> RunAsync(string path, string partition, string firstClient)
    {
        await using var store = SqliteStore.Open(path);
        // The line must be out before the call is begun: what is killed between the two is not forgotten.
        var recorder = new HistoryRecorder(operation => Console.WriteLine(HistoryText.Of(operation) + ";"));
        int first = int.Parse(firstClient, CultureInfo.InvariantCulture);
        Task clients = Task.WhenAll(Enumerable.Range(first, ClientCount).Select(
            client => Task.Run(() => new HistoryClient(recorder, store, client, client).RunAsync(partition, CallCount))));
        // The console's reader has no asynchronous way: asked on this thread, it would wait for whoever started this, who waits for the end.
        await Task.WhenAny(clients, Task.Run(Console.In.ReadToEnd));
        return 0;
    }
}
