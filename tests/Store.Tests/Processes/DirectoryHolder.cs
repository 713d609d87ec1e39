using SshFunctions.Local;

namespace SshFunctions.Store.Tests.Processes;

/// <summary>Holds a data directory until it is killed.</summary>
internal static class DirectoryHolder
{
    public const string Name = "hold-directory";

    public static async Task<int> RunAsync(string path)
    {
        using DataDirectory? data = DataDirectory.Open(path).Value;
        Console.WriteLine(data is null ? "refused;" : "held;");
        await Console.In.ReadToEndAsync();
        return 0;
    }
}
