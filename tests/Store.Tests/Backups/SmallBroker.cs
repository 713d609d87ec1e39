using System.Globalization;
using System.Text;
using SshFunctions.Core;
using SshFunctions.Core.Ports;
using SshFunctions.Core.Rotation;
using SshFunctions.Local;
using SshFunctions.Local.Backups;
using SshFunctions.Local.Keys;
using SshFunctions.Local.Sqlite;
using SshFunctions.Support.Time;

namespace SshFunctions.Store.Tests.Backups;

/// <summary>A data directory with a few documents and the keys that a broker makes; nobody serves from it.</summary>
internal sealed class SmallBroker : IDisposable
{
    public const int DocumentCount = 20;
    private readonly TemporaryFolder _folder = new();

    public string Data => In("data");

    public string Backup => In("backup");

    public string In(string name) => Path.Combine(_folder.Path, name);

    /// <summary>Makes it.</summary>
    /// <param name="elsewhere">Where the user CA's key lies instead.</param>
    public static async Task<SmallBroker> MakeAsync(string? elsewhere = null)
    {
        var broker = new SmallBroker();
        using DataDirectory data = Must(DataDirectory.Open(broker.Data));
        await using SqliteStore store = SqliteStore.Open(data.StorePath);
        using var keys = new FileSigningKeys(data.KeysPath, isShared: false);
        var made = new Dictionary<KeyPurpose, MadeSigningKey>();
        foreach (KeyPurpose purpose in Enum.GetValues<KeyPurpose>())
        {
            string path = purpose == KeyPurpose.UserCa && elsewhere is not null ? broker.In(elsewhere) : data.KeyPath(purpose.Text());
            KeyFile.MakeIfMissing(path, "test");
            made[purpose] = Must(keys.Read(path));
        }

        Must(await new KeyRingRegistry(store, new ManualClock()).AdoptAsync(made, default));
        for (int at = 1; at < DocumentCount; at++)
        {
            Assert.IsType<CommitResult.Committed>(await store.CommitAsync(
                "p", [new DocumentChange.Insert(at.ToString(CultureInfo.InvariantCulture), Encoding.ASCII.GetBytes("{}"))], default));
        }

        return broker;
    }

    public Result<BackupFacts> BackUp(string? file = null) => BrokerBackup.Make(Data, file ?? Backup, new ManualClock());

    /// <summary>What is refused of a backup; nothing of it may be left.</summary>
    public Refusal RefusalOf(string file)
    {
        Refusal refusal;
        using (RestoreTarget target = Must(RestoreTarget.Take(In("restored")))) refusal = target.LayOut(file).Refusal!;
        Assert.NotNull(refusal);
        Assert.False(Path.Exists(In("restored")));
        return refusal;
    }

    public void Dispose() => _folder.Dispose();

    public static T Must<T>(Result<T> result)
        where T : notnull =>
        result.Try(out T? value, out Refusal? refusal) ? value : throw new InvalidOperationException(refusal.Detail);
}
