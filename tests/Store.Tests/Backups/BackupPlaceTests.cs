using SshFunctions.Core;
using SshFunctions.Local.Backups;
using SshFunctions.Support.Processes;

namespace SshFunctions.Store.Tests.Backups;

/// <summary>Others may write where a backup goes, and the directory may not be as a broker leaves it.</summary>
public sealed class BackupPlaceTests
{
    private const int Patience = 60_000;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    [Theory(Timeout = Patience)]
    [InlineData(0x1FF, "open to all")]
    [InlineData(0x1F8, "open to its group")]
    public async Task Makes_none_in_a_folder_where_another_could_put_a_file_in_its_place(int mode, string what)
    {
        using SmallBroker broker = await SmallBroker.MakeAsync();
        string folder = Directory.CreateDirectory(broker.In("folder")).FullName;
        File.SetUnixFileMode(folder, (UnixFileMode)mode);
        Directory.CreateDirectory(Path.Combine(folder, "own"), OwnerOnly | UnixFileMode.UserExecute);
        foreach (string file in new[] { "backup", "own/backup" })
        {
            Refusal refused = broker.BackUp(Path.Combine(folder, file)).Refusal!;
            Assert.True(refused.Detail.Contains("may be changed by others", StringComparison.Ordinal), $"{what}: {refused.Detail}");
            Assert.Contains($"chmod go-w {folder}", refused.Fix, StringComparison.Ordinal);
        }

        Assert.Equal(["own"], Directory.GetFileSystemEntries(folder, "*", SearchOption.AllDirectories).Select(Path.GetFileName));
    }

    [Fact(Timeout = Patience)]
    public async Task Makes_none_in_a_folder_of_another_user()
    {
        if (!Environment.IsPrivilegedProcess) return;
        using SmallBroker broker = await SmallBroker.MakeAsync();
        string folder = Directory.CreateDirectory(broker.In("folder"), OwnerOnly | UnixFileMode.UserExecute).FullName;
        (await ProcessRun.ToEndAsync("chown", ["12345", folder])).Expect(0);
        Assert.Contains("belongs to user 12345", broker.BackUp(Path.Combine(folder, "backup")).Refusal!.Detail, StringComparison.Ordinal);
    }

    [Fact(Timeout = Patience)]
    public async Task Files_that_another_laid_ready_by_a_name_that_drafts_had_are_not_opened_and_stay()
    {
        using SmallBroker broker = await SmallBroker.MakeAsync();
        string[] ready = [.. new[] { ".new", ".new-wal", ".new-journal" }.Select(suffix => broker.Backup + suffix)];
        foreach (string file in ready) await File.WriteAllTextAsync(file, "not ours");
        Assert.Equal(SmallBroker.DocumentCount, SmallBroker.Must(broker.BackUp()).DocumentCount);
        foreach (string file in ready) Assert.Equal("not ours", await File.ReadAllTextAsync(file));
        using RestoreTarget target = SmallBroker.Must(RestoreTarget.Take(broker.In("restored")));
        Assert.Equal(SmallBroker.DocumentCount, SmallBroker.Must(target.LayOut(broker.Backup)).DocumentCount);
    }

    [Fact(Timeout = Patience)]
    public async Task Nothing_goes_into_a_folder_or_file_that_was_put_in_the_drafts_place_and_it_stays()
    {
        using SmallBroker broker = await SmallBroker.MakeAsync();
        using var draft = BackupDraft.Make(broker.In("."));
        string folder = Path.GetDirectoryName(draft.Path)!;
        Assert.Equal(OwnerOnly | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
        draft.RequireOwn();
        File.SetUnixFileMode(draft.Path, OwnerOnly | UnixFileMode.OtherRead);
        Assert.Throws<IOException>(draft.RequireOwn);
        File.Delete(draft.Path);
        File.CreateSymbolicLink(draft.Path, broker.In("theirs"));
        Assert.Throws<IOException>(draft.RequireOwn);
        Directory.Move(folder, broker.In("away"));
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(draft.Path, "theirs");
        File.SetUnixFileMode(draft.Path, OwnerOnly);
        Assert.Throws<IOException>(draft.RequireOwn);
        draft.Dispose();
        Assert.Equal("theirs", await File.ReadAllTextAsync(draft.Path));
    }

    [Fact(Timeout = Patience)]
    public async Task Of_backups_at_once_to_one_place_one_is_made_whole_and_for_its_owner_alone()
    {
        using SmallBroker broker = await SmallBroker.MakeAsync();
        Result<BackupFacts>[] results = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => broker.BackUp())));
        Assert.Single(results, result => result.Succeeded);
        Assert.All(results.Where(result => !result.Succeeded), result => Assert.IsType<Refusal.Conflict>(result.Refusal));
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(broker.Backup));
        Assert.Equal(["backup", "data"], Directory.GetFileSystemEntries(broker.In(".")).Select(Path.GetFileName).Order());
        using RestoreTarget target = SmallBroker.Must(RestoreTarget.Take(broker.In("restored")));
        SmallBroker.Must(target.LayOut(broker.Backup));
    }

    [Fact(Timeout = Patience)]
    public async Task What_a_killed_backup_left_is_named_and_stays()
    {
        using SmallBroker broker = await SmallBroker.MakeAsync();
        string left = Directory.CreateDirectory(broker.In($"{BackupDraft.Prefix}0011223344556677")).FullName;
        Assert.Equal([left], SmallBroker.Must(broker.BackUp()).Leftovers);
        Assert.True(Directory.Exists(left));
    }

    [Fact(Timeout = Patience)]
    public async Task Makes_none_inside_the_directory_that_it_is_of()
    {
        using SmallBroker broker = await SmallBroker.MakeAsync();
        Directory.CreateSymbolicLink(broker.In("link"), Path.Combine(broker.Data, "keys"));
        foreach (string file in new[] { Path.Combine(broker.Data, "backup"), broker.In("link/backup") })
            Assert.Contains("lies in the data directory", broker.BackUp(file).Refusal!.Detail, StringComparison.Ordinal);
    }

    [Fact(Timeout = Patience)]
    public async Task Takes_regular_files_for_keys_and_names_all_else_that_lies_there()
    {
        using SmallBroker broker = await SmallBroker.MakeAsync();
        string keys = Path.Combine(broker.Data, "keys");
        (await ProcessRun.ToEndAsync("mkfifo", [Path.Combine(keys, "pipe")])).Expect(0);
        File.CreateSymbolicLink(Path.Combine(keys, "link"), "/etc/hostname");
        Directory.CreateDirectory(Path.Combine(keys, "folder"));
        await File.WriteAllTextAsync(Path.Combine(keys, "schlüssel"), "odd name");
        BackupFacts facts = SmallBroker.Must(broker.BackUp());
        Assert.Equal(["host-ca", "journal", "user-ca"], facts.Files);
        Assert.Equal(["folder", "link", "pipe", "schlüssel"], facts.LeftOut.Select(text => Path.GetFileName(text.Split(',')[0])));
    }

    [Theory(Timeout = Patience)]
    [InlineData("user-ca")]
    [InlineData("host-ca")]
    [InlineData("journal")]
    public async Task Makes_none_without_a_key_that_signs(string name)
    {
        using SmallBroker broker = await SmallBroker.MakeAsync();
        string key = Path.Combine(broker.Data, "keys", name);
        File.Move(key, broker.In("away"));
        Assert.Contains($"{key}, a key that signs, is gone", broker.BackUp().Refusal!.Detail, StringComparison.Ordinal);
        File.CreateSymbolicLink(key, broker.In("away"));
        Assert.Contains("no regular file", broker.BackUp().Refusal!.Detail, StringComparison.Ordinal);
        Assert.False(Path.Exists(broker.Backup));
    }

    [Fact(Timeout = Patience)]
    public async Task Names_a_key_that_lies_elsewhere()
    {
        using SmallBroker broker = await SmallBroker.MakeAsync(elsewhere: "ca");
        Assert.Equal([$"the user-ca key at {broker.In("ca")}"], SmallBroker.Must(broker.BackUp()).LeftOut);
    }
}
