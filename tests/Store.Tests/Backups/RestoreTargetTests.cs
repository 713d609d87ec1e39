using SshFunctions.Core;
using SshFunctions.Local;
using SshFunctions.Local.Backups;

namespace SshFunctions.Store.Tests.Backups;

/// <summary>Where a backup may be restored, and what of that is left after a failure.</summary>
public sealed class RestoreTargetTests
{
    private const int Patience = 60_000;
    private const UnixFileMode OwnerFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    [Fact(Timeout = Patience)]
    public async Task An_empty_directory_stays_the_one_that_it_is_also_after_a_failure()
    {
        using SmallBroker broker = await BackedUpAsync();
        string directory = Directory.CreateDirectory(broker.In("restored"), OwnerFolder | UnixFileMode.GroupRead | UnixFileMode.GroupExecute).FullName;
        // As mkfs leaves it on a volume.
        Directory.CreateDirectory(Path.Combine(directory, "lost+found"));
        FileStatus before = Posix.TryLook(directory)!.Value;
        using (RestoreTarget failing = Take(broker)) Assert.False(failing.LayOut(broker.In("absent")).Succeeded);
        Assert.Equal(["lost+found"], Directory.GetFileSystemEntries(directory).Select(Path.GetFileName));
        using (RestoreTarget target = Take(broker))
        {
            SmallBroker.Must(target.LayOut(broker.Backup));
            target.Keep();
        }

        Assert.Equal(before, Posix.TryLook(directory));
        Assert.True(File.Exists(Path.Combine(directory, "store.db")));
    }

    [Fact(Timeout = Patience)]
    public async Task Of_two_that_restore_into_one_directory_at_once_one_has_it()
    {
        using SmallBroker broker = await BackedUpAsync();
        using RestoreTarget first = Take(broker);
        Assert.IsType<Refusal.Conflict>(RestoreTarget.Take(broker.In("restored")).Refusal);
        SmallBroker.Must(first.LayOut(broker.Backup));
        Assert.Contains("left that was killed, or runs", RestoreTarget.Take(broker.In("restored")).Refusal!.Detail, StringComparison.Ordinal);
        first.Keep();
        Assert.Contains("is not empty", RestoreTarget.Take(broker.In("restored")).Refusal!.Detail, StringComparison.Ordinal);
    }

    [Fact(Timeout = Patience)]
    public async Task A_death_before_the_end_leaves_a_directory_that_was_used_and_has_no_store()
    {
        using SmallBroker broker = await BackedUpAsync();
        using RestoreTarget target = Take(broker);
        SmallBroker.Must(target.LayOut(broker.Backup));
        Assert.False(File.Exists(target.Data.StorePath));
        Assert.True(new FileInfo(Path.Combine(target.Data.Path, "lock")).Length > 0);
        Assert.Equal(["keys", "lock", "store.restoring"], Directory.GetFileSystemEntries(target.Data.Path).Select(Path.GetFileName).Order());
    }

    [Fact(Timeout = Patience)]
    public async Task A_folder_of_the_users_that_is_called_as_drafts_were_stays()
    {
        using SmallBroker broker = await BackedUpAsync();
        string precious = Directory.CreateDirectory(broker.In("restored.restoring/precious")).FullName;
        using (RestoreTarget target = Take(broker)) SmallBroker.Must(target.LayOut(broker.Backup));
        Assert.True(Directory.Exists(precious));
    }

    [Fact(Timeout = Patience)]
    public async Task What_is_in_use_or_not_empty_is_refused_and_nothing_is_put_there()
    {
        using SmallBroker broker = await BackedUpAsync();
        string directory = Directory.CreateDirectory(broker.In("restored"), OwnerFolder).FullName;
        await File.WriteAllTextAsync(Path.Combine(directory, "mine"), "");
        Assert.IsType<Refusal.Conflict>(RestoreTarget.Take(directory).Refusal);
        Assert.Equal(["mine"], Directory.GetFileSystemEntries(directory).Select(Path.GetFileName));
        Assert.IsType<Refusal.Conflict>(RestoreTarget.Take(Path.Combine(directory, "mine")).Refusal);
    }

    [Fact(Timeout = Patience)]
    public async Task A_symbolic_link_is_refused_and_the_real_path_is_named()
    {
        using SmallBroker broker = await BackedUpAsync();
        Directory.CreateDirectory(broker.In("real"), OwnerFolder);
        Directory.CreateSymbolicLink(broker.In("restored"), broker.In("real"));
        Assert.Contains(broker.In("real"), RestoreTarget.Take(broker.In("restored")).Refusal!.Fix, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(broker.In("real")));
    }

    [Fact(Timeout = Patience)]
    public async Task A_place_inside_another_brokers_directory_is_refused()
    {
        using SmallBroker broker = await BackedUpAsync();
        Directory.CreateSymbolicLink(broker.In("link"), Path.Combine(broker.Data, "keys"));
        foreach (string place in new[] { Path.Combine(broker.Data, "next"), broker.In("link/a/b") })
            Assert.Contains("data directory of another broker", RestoreTarget.Take(place).Refusal!.Detail, StringComparison.Ordinal);
    }

    private static RestoreTarget Take(SmallBroker broker) => SmallBroker.Must(RestoreTarget.Take(broker.In("restored")));

    private static async Task<SmallBroker> BackedUpAsync()
    {
        SmallBroker broker = await SmallBroker.MakeAsync();
        SmallBroker.Must(broker.BackUp());
        return broker;
    }
}
