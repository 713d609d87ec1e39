using System.Diagnostics;
using SshFunctions.Hooks.Audit;
using SshFunctions.Support.Files;

namespace SshFunctions.Hooks.Tests.Audit;

/// <summary>What somebody may have put where an export is about to be saved: the name is no secret.</summary>
public sealed class PartialExportTests : IDisposable
{
    private const string Query = "/api/audit/export?format=ndjson";
    private const string Entry = "{\"segment\":1,\"index\":3,\"previous\":\"0000000000000000000000000000000000000000000000000000000000000000\"}\n";
    private readonly TemporaryFolder _folder = new();
    private readonly string _part;

    public PartialExportTests()
    {
        PartialExport part = Open();
        part.Stream.Dispose();
        _part = part.Path;
        File.Delete(_part);
    }

    [Fact]
    public void A_link_is_not_followed()
    {
        string target = _folder.Write("target", "precious");
        File.CreateSymbolicLink(_part, target);
        Refuses("is a symbolic link");
        Assert.Equal("precious", File.ReadAllText(target));
        File.Delete(_part);
        File.CreateSymbolicLink(_part, _folder["nowhere"]);
        Refuses("is a symbolic link");
        Assert.False(File.Exists(_folder["nowhere"]));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_pipe_or_a_folder_makes_nobody_wait()
    {
        using (Process pipe = Process.Start("mkfifo", [_part]))
            await pipe.WaitForExitAsync();
        Refuses("is not a file");
        File.Delete(_part);
        Directory.CreateDirectory(_part);
        Refuses("is not a file");
    }

    [Fact]
    public void A_file_that_others_could_have_filled_is_not_gone_on_with()
    {
        File.WriteAllText(_part, Entry);
        File.SetUnixFileMode(_part, (UnixFileMode)0x1B6);
        Refuses("can be written by others", "can be read or written by others");
        Assert.Equal(Entry, File.ReadAllText(_part));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_second_name_of_another_file_is_not_emptied()
    {
        string target = _folder.Write("target", "precious");
        File.SetUnixFileMode(target, (UnixFileMode)0x180);
        using (Process link = Process.Start("ln", [target, _part]))
            await link.WaitForExitAsync();
        Refuses("has another name elsewhere");
        Assert.Equal("precious", File.ReadAllText(target));
    }

    [FactForRoot(Timeout = 60_000)]
    public async Task A_file_of_another_user_s_is_not_gone_on_with()
    {
        File.WriteAllText(_part, Entry);
        File.SetUnixFileMode(_part, (UnixFileMode)0x180);
        using (Process give = Process.Start("chown", ["65534", _part]))
            await give.WaitForExitAsync();
        Refuses("belongs to user 65534");
        Assert.Equal(Entry, File.ReadAllText(_part));
    }

    [Fact]
    public void One_s_own_is_gone_on_with()
    {
        File.WriteAllText(_part, Entry + "{\"segm");
        File.SetUnixFileMode(_part, (UnixFileMode)0x180);
        PartialExport part = Open();
        using FileStream stream = part.Stream;
        Assert.Equal((1ul << 16) | 3, part.After);
        Assert.Equal(Entry.Length, stream.Position);
    }

    public void Dispose() => _folder.Dispose();

    private PartialExport Open() => PartialExport.Open(_folder["journal.ndjson"], Query, "ndjson");

    private void Refuses(params string[] problems)
    {
        CommandFailedException refused = Assert.Throws<CommandFailedException>(Open);
        Assert.Contains(refused.Message, problems.Select(problem => $"{_part} {problem}"));
        Assert.Contains("it must be your own and closed to others", refused.Hint, StringComparison.Ordinal);
    }
}
