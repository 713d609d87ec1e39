using System.Diagnostics;
using SshFunctions.Core;
using SshFunctions.Local;
using SshFunctions.Store.Tests.Processes;

namespace SshFunctions.Store.Tests;

public sealed class DataDirectoryTests : IDisposable
{
    private const UnixFileMode OwnerFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly TemporaryFolder _folder = new();

    private string DataPath => Path.Combine(_folder.Path, "outer", "data");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Makes_the_folder_and_the_keys_folder_for_the_owner_alone()
    {
        using DataDirectory data = MustOpen(DataPath);

        Assert.Equal(OwnerFolder, File.GetUnixFileMode(DataPath));
        Assert.Equal(OwnerFolder, File.GetUnixFileMode(data.KeysPath));
        Assert.Equal(Path.Combine(DataPath, "store.db"), data.StorePath);
        Assert.Equal(Path.Combine(DataPath, "keys"), data.KeysPath);
        Assert.Equal(DataPath, data.Path);
    }

    [Fact]
    public void A_second_one_is_refused_by_the_holders_process_id_until_the_first_is_gone()
    {
        using (MustOpen(DataPath))
        {
            var refusal = Assert.IsType<Refusal.Conflict>(DataDirectory.Open(DataPath + "/").Refusal);
            Assert.Equal($"data directory {DataPath} is in use by process {Environment.ProcessId}", refusal.Detail);
        }

        MustOpen(DataPath).Dispose();
    }

    [Fact(Timeout = 30_000)]
    public async Task Another_process_holds_it_until_it_is_killed()
    {
        using var holder = Victim.Start(DirectoryHolder.Name, DataPath);
        Assert.Equal("held", await holder.ReadLineAsync());

        var refusal = Assert.IsType<Refusal.Conflict>(DataDirectory.Open(DataPath).Refusal);
        Assert.Equal($"data directory {DataPath} is in use by process {holder.ProcessId}", refusal.Detail);

        holder.Kill();
        await holder.WaitForExitAsync();
        MustOpen(DataPath).Dispose();
    }

    [Fact]
    public void A_second_one_is_refused_although_somebody_removed_the_lock_file()
    {
        using DataDirectory first = MustOpen(DataPath);
        File.Delete(Path.Combine(DataPath, "lock"));

        var refusal = Assert.IsType<Refusal.Conflict>(DataDirectory.Open(DataPath).Refusal);

        Assert.Equal($"data directory {DataPath} is in use by another process", refusal.Detail);
        Assert.False(File.Exists(Path.Combine(DataPath, "lock")));
    }

    [Fact]
    public void Refuses_a_folder_that_its_group_may_change()
    {
        Directory.CreateDirectory(DataPath);
        File.SetUnixFileMode(DataPath, OwnerFolder | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute);

        var refusal = Assert.IsType<Refusal.Invalid>(DataDirectory.Open(DataPath).Refusal);

        Assert.Equal($"data directory {DataPath} can be changed by its group (mode 0770)", refusal.Detail);
        Assert.Equal($"chmod 700 {DataPath}", refusal.Fix);
    }

    [Theory]
    [InlineData("keys", "700", 511, "0777")]
    [InlineData("keys", "700", 488, "0750")]
    [InlineData("store.db", "600", 438, "0666")]
    [InlineData("store.db", "600", 416, "0640")]
    [InlineData("store.db-wal", "600", 420, "0644")]
    public void Refuses_keys_or_a_store_that_others_may_read_or_change(string name, string right, int mode, string octal)
    {
        MustOpen(DataPath).Dispose();
        string inside = Path.Combine(DataPath, name);
        if (name != "keys") File.WriteAllText(inside, "");
        File.SetUnixFileMode(inside, (UnixFileMode)mode);

        var refusal = Assert.IsType<Refusal.Invalid>(DataDirectory.Open(DataPath).Refusal);

        Assert.Equal($"{inside} is open to other users of this machine (mode {octal})", refusal.Detail);
        Assert.Equal($"chmod {right} {inside}", refusal.Fix);
    }

    [Theory]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    [InlineData(UnixFileMode.OtherExecute)]
    public void Refuses_a_folder_that_every_user_may_enter(UnixFileMode open)
    {
        Directory.CreateDirectory(DataPath);
        File.SetUnixFileMode(DataPath, OwnerFolder | open);

        var refusal = Assert.IsType<Refusal.Invalid>(DataDirectory.Open(DataPath).Refusal);

        Assert.Equal("data", refusal.Field);
        Assert.Contains("is open to every user of this machine (mode 070", refusal.Detail, StringComparison.Ordinal);
        Assert.Equal($"chmod 700 {DataPath}", refusal.Fix);
        Assert.Empty(Directory.GetFileSystemEntries(DataPath));
    }

    [Fact]
    public void Refuses_a_folder_of_another_user()
    {
        string foreign = ForeignFolder();

        var refusal = Assert.IsType<Refusal.Invalid>(DataDirectory.Open(foreign).Refusal);

        string expected = $"data directory {foreign} belongs to user {Posix.Owner(foreign)}, the broker runs as user {Posix.CurrentUser}";
        Assert.Equal(expected, refusal.Detail);
    }

    [Fact]
    public void Refuses_a_path_that_is_a_file()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(DataPath)!);
        File.WriteAllText(DataPath, "not a folder");

        var refusal = Assert.IsType<Refusal.Invalid>(DataDirectory.Open(DataPath).Refusal);

        Assert.StartsWith($"data directory {DataPath} can't be used: ", refusal.Detail, StringComparison.Ordinal);
    }

    // Only root may give a folder away, and everyone but root finds one of root's.
    private string ForeignFolder()
    {
        if (Posix.CurrentUser != 0) return "/";
        Directory.CreateDirectory(DataPath, OwnerFolder);
        using var chown = Process.Start("chown", ["65534", DataPath]);
        chown.WaitForExit();
        return DataPath;
    }

    private static DataDirectory MustOpen(string path)
    {
        Result<DataDirectory> result = DataDirectory.Open(path);
        Assert.True(result.Succeeded, result.Refusal?.Detail);
        return result.Value;
    }
}
