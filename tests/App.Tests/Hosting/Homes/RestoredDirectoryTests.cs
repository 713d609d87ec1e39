using System.Text;
using SshFunctions.App.Hosting.Homes;
using SshFunctions.Core;
using SshFunctions.Core.Ports;
using SshFunctions.Core.Rotation;
using SshFunctions.Local;
using SshFunctions.Local.Backups;
using SshFunctions.Local.Keys;
using SshFunctions.Local.Sqlite;
using SshFunctions.Support.Files;
using SshFunctions.Support.Time;

namespace SshFunctions.App.Tests.Hosting.Homes;

public sealed class RestoredDirectoryTests : IDisposable
{
    private const int Patience = 60_000;
    private readonly TemporaryFolder _folder = new();
    private readonly ManualClock _clock = new();

    public void Dispose() => _folder.Dispose();

    [Fact(Timeout = Patience)]
    public async Task Tells_which_keys_are_trusted_again()
    {
        string userCa = await BackUpAsync();
        RestoredDirectory made = (await RestoreAsync()).Value!;
        Assert.Equal(userCa, made.TrustedOf(KeyPurpose.UserCa));
        Assert.StartsWith("SHA256:", made.TrustedOf(KeyPurpose.HostCa), StringComparison.Ordinal);
        Assert.True(made.Store.TrustVersion > 1_000_000);
        Assert.Equal(["keys", "lock", "store.db"], Directory.GetFileSystemEntries(_folder["restored"]).Select(Path.GetFileName).Order());
    }

    [Theory(Timeout = Patience)]
    [InlineData("broken JSON in the counter of segments", "segments", "next", "{")]
    [InlineData("a counter of segments at its maximum", "segments", "next", "{\"next\":9223372036854775807}")]
    [InlineData("a counter of segments that no serial has room for", "segments", "next", "{\"next\":4611686018427387904}")]
    [InlineData("a counter of segments below zero", "segments", "next", "{\"next\":-9223372036854775808}")]
    [InlineData("an open segment that is no number", "segments", "o:x", "{}")]
    [InlineData("broken JSON in the gaps of segments", "segments", "gaps", "[]")]
    [InlineData("a list version at its maximum", "revocations", "state", "{\"version\":9223372036854775807,\"changed\":\"2026-01-01T00:00:00+00:00\"}")]
    public async Task Is_refused_as_damaged_and_leaves_nothing_when_the_store_holds(string what, string partition, string row, string body)
    {
        await BackUpAsync(new DocumentKey(partition, row), body);
        Result<RestoredDirectory> result = await RestoreAsync();
        Assert.True(result.Refusal?.Detail.Contains("is damaged and nothing was restored", StringComparison.Ordinal), $"{what}: {result.Refusal?.Detail}");
        Assert.False(Path.Exists(_folder["restored"]));
    }

    [Fact(Timeout = Patience)]
    public async Task Of_many_at_once_into_one_directory_one_is_made_and_it_is_safe_to_serve_from()
    {
        await BackUpAsync();
        Result<RestoredDirectory>[] results = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(RestoreAsync)));
        RestoredDirectory made = Assert.Single(results, result => result.Succeeded).Value!;
        await using SqliteStore store = SqliteStore.Open(Path.Combine(made.Path, "store.db"));
        var reader = new KeyRingRegistry(store, _clock);
        Assert.Equal(made.Store.TrustVersion, (await reader.FindAsync(default))!.Version);
    }

    [Fact(Timeout = Patience)]
    public async Task A_clock_behind_the_backup_leaves_no_directory()
    {
        var behind = new ManualClock();
        _clock.Advance(TimeSpan.FromDays(1));
        await BackUpAsync();
        Result<RestoredDirectory> result = await RestoredDirectory.MakeAsync(_folder["backup"], _folder["restored"], behind, default);
        Assert.Contains("set the clock", result.Refusal!.Fix, StringComparison.Ordinal);
        Assert.False(Path.Exists(_folder["restored"]));
    }

    /// <returns>Fingerprint of the user CA's key.</returns>
    private async Task<string> BackUpAsync(DocumentKey? odd = null, string? body = null)
    {
        using DataDirectory data = DataDirectory.Open(_folder["data"]).Value!;
        await using SqliteStore store = SqliteStore.Open(data.StorePath);
        using var keys = new FileSigningKeys(data.KeysPath, isShared: false);
        var made = new Dictionary<KeyPurpose, MadeSigningKey>();
        foreach (KeyPurpose purpose in Enum.GetValues<KeyPurpose>())
        {
            KeyFile.MakeIfMissing(data.KeyPath(purpose.Text()), "test");
            made[purpose] = keys.Read(data.KeyPath(purpose.Text())).Value!;
        }

        Assert.True((await new KeyRingRegistry(store, _clock).AdoptAsync(made, default)).Succeeded);
        if (odd is { } key)
            Assert.IsType<CommitResult.Committed>(await store.CommitAsync(key.Partition, [new DocumentChange.Insert(key.Row, Encoding.UTF8.GetBytes(body!))], default));
        Assert.Null(BrokerBackup.Make(data.Path, _folder["backup"], _clock).Refusal);
        return made[KeyPurpose.UserCa].PublicKey.Fingerprint.ToString();
    }

    private Task<Result<RestoredDirectory>> RestoreAsync() => RestoredDirectory.MakeAsync(_folder["backup"], _folder["restored"], _clock, default);
}
