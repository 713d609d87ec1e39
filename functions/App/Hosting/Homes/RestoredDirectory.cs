using System.Text.Json;
using SshFunctions.Core;
using SshFunctions.Core.Ports;
using SshFunctions.Core.Restoring;
using SshFunctions.Core.Rotation;
using SshFunctions.Local.Backups;
using SshFunctions.Local.Sqlite;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.App.Hosting.Homes;

/// <summary>A data directory that was made of a backup.</summary>
/// <param name="Path">The directory, absolute.</param>
/// <param name="Facts">What the backup held.</param>
/// <param name="Store">From where on the broker counts.</param>
/// <param name="Ring">The keys that it signs with and that hosts are told to trust, as they were then; null for a broker that never served.</param>
internal sealed record RestoredDirectory(string Path, BackupFacts Facts, RestoredStore Store, KeyRing? Ring)
{
    /// <summary>Makes one in place; its store comes last, when it is safe to serve from: a death in between leaves nothing that a broker would take.</summary>
    /// <param name="backup">The backup.</param>
    /// <param name="directory">Where; must be absent or empty.</param>
    /// <param name="clock">Numbers from now on are counted by it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The directory; a refusal when it can't be made, and then there is nothing of it.</returns>
    public static async Task<Result<RestoredDirectory>> MakeAsync(
        string backup, string directory, TimeProvider clock, CancellationToken cancellationToken)
    {
        try
        {
            if (!RestoreTarget.Take(directory).Try(out RestoreTarget? taken, out Refusal? refusal)) return refusal;
            using RestoreTarget target = taken;
            if (!target.LayOut(backup).Try(out BackupFacts? facts, out refusal)) return refusal;
            if (!(await MakeSafeAsync(target, facts, clock, cancellationToken)).Try(out RestoredDirectory? restored, out refusal)) return refusal;
            target.Keep();
            return restored;
        }
        catch (StoreUnavailableException damaged) when (damaged.InnerException is JsonException)
        {
            return RestoreTarget.Damaged(backup, damaged.Message);
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException or StoreUnavailableException)
        {
            return new Refusal.Invalid("data", $"{directory} was not made: {unusable.Message}", "check the room on the disk and who may write there");
        }
        catch (Exception odd) when (odd is JsonException or FormatException or ArgumentException or OverflowException or InvalidOperationException or NotSupportedException)
        {
            // What the store's own code can't read or count on with, no broker wrote.
            return RestoreTarget.Damaged(backup, odd.Message);
        }
    }

    /// <summary>The keys of a purpose that hosts and clients are to trust, for people.</summary>
    public string TrustedOf(KeyPurpose purpose) => string.Join(' ', (Ring?.TrustedOf(purpose) ?? []).Select(key => SshPublicKey.Parse(key.PublicKey).Fingerprint));

    private static async Task<Result<RestoredDirectory>> MakeSafeAsync(
        RestoreTarget target, BackupFacts facts, TimeProvider clock, CancellationToken cancellationToken)
    {
        await using SqliteStore store = SqliteStore.Open(target.StorePath);
        if (!(await new StoreRestorer(store, clock, BrokerVersion.Current).RestoreAsync(facts.Made, cancellationToken)).Try(out RestoredStore? restored, out Refusal? refusal))
            return refusal;
        var directory = new RestoredDirectory(target.Data.Path, facts, restored, await new KeyRingRegistry(store, clock).FindAsync(cancellationToken));
        // Read here, so that a key that is none is found before the directory is kept.
        foreach (KeyPurpose purpose in Enum.GetValues<KeyPurpose>()) _ = directory.TrustedOf(purpose);
        return directory;
    }
}
