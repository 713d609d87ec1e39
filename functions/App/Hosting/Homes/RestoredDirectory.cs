using SshFunctions.Core;
using SshFunctions.Core.Ports;
using SshFunctions.Core.Restoring;
using SshFunctions.Local;
using SshFunctions.Local.Backups;
using SshFunctions.Local.Sqlite;

namespace SshFunctions.App.Hosting.Homes;

/// <summary>A data directory that was made of a backup.</summary>
/// <param name="Path">The directory, absolute.</param>
/// <param name="Facts">What the backup held.</param>
/// <param name="Store">From where on the broker counts.</param>
internal sealed record RestoredDirectory(string Path, BackupFacts Facts, RestoredStore Store)
{
    /// <summary>Makes one beside its place and renames it when it is safe to serve from: a death in between leaves nothing that a broker would take.</summary>
    /// <param name="backup">The backup.</param>
    /// <param name="directory">Where; must be absent or empty.</param>
    /// <param name="clock">Numbers from now on are counted by it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The directory; a refusal when it can't be made, and then there is nothing of it.</returns>
    public static async Task<Result<RestoredDirectory>> MakeAsync(
        string backup, string directory, TimeProvider clock, CancellationToken cancellationToken)
    {
        string path = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(directory));
        string draft = $"{path}.restoring";
        bool isOurs = false;
        try
        {
            if (File.Exists(path) || (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any()))
                return new Refusal.Conflict($"{path} is not empty", "restore into a directory that is new, and keep the old one until all is well");
            // One that an earlier try left; while that still runs, it holds the lock.
            if (!DataDirectory.Open(draft).Try(out DataDirectory? data, out Refusal? refusal)) return refusal;
            data.Dispose();
            isOurs = true;
            Directory.Delete(draft, recursive: true);
            if (!(await FillAsync(backup, draft, clock, cancellationToken)).Try(out RestoredDirectory? filled, out refusal)) return refusal;
            if (Directory.Exists(path)) Directory.Delete(path);
            Directory.Move(draft, path);
            return filled with { Path = path };
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException or StoreUnavailableException)
        {
            return new Refusal.Invalid("data", $"{path} was not made: {unusable.Message}", "check the room on the disk and who may write there");
        }
        finally
        {
            if (isOurs && Directory.Exists(draft)) Directory.Delete(draft, recursive: true);
        }
    }

    private static async Task<Result<RestoredDirectory>> FillAsync(string backup, string draft, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (!DataDirectory.Open(draft).Try(out DataDirectory? opened, out Refusal? refusal)) return refusal;
        using DataDirectory data = opened;
        if (!BackupCopy.LayOut(backup, data).Try(out BackupFacts? facts, out refusal)) return refusal;
        await using SqliteStore store = SqliteStore.Open(data.StorePath);
        return (await new StoreRestorer(store, clock, BrokerVersion.Current).RestoreAsync(facts.Made, cancellationToken)).Try(out RestoredStore? restored, out refusal)
            ? new RestoredDirectory(draft, facts, restored)
            : refusal;
    }
}
