using SshFunctions.Store.Tests.Processes;

namespace SshFunctions.Store.Tests;

/// <summary>What tests start in a process of its own, and kill. The test runner never comes here.</summary>
internal static class Program
{
    private static Task<int> Main(string[] arguments) => arguments switch
    {
        [CommitLoop.Name, var path] => CommitLoop.RunAsync(path),
        [HistoryLoop.Name, var path, var partition, var firstClient] => HistoryLoop.RunAsync(path, partition, firstClient),
        [VaultCaller.Name, var identity, var address] => VaultCaller.RunAsync(identity, address),
        [DirectoryHolder.Name, var path] => DirectoryHolder.RunAsync(path),
        _ => Task.FromResult(64),
    };
}
