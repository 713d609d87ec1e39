namespace SshFunctions.Store.Tests;

/// <summary>A folder of one test, gone afterwards.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("sshfn-store-").FullName;

    /// <summary>A file of it, in a folder that does not exist yet.</summary>
    public string StorePath => System.IO.Path.Combine(Path, "data", "store.db");

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
