using SshFunctions.App.Hosting.Manifest;
using SshFunctions.Core;
using SshFunctions.Support.Files;

namespace SshFunctions.App.Tests.Manifest;

public sealed class ManifestWriterTests
{
    private static readonly FunctionFolder One = FolderOf("One");
    private static readonly FunctionFolder Two = FolderOf("Two");

    [Fact]
    public void Writes_the_same_twice_and_touches_nothing_the_second_time()
    {
        using var folder = new TemporaryFolder();
        Assert.True(ManifestWriter.Write(folder["app"], [One, Two]).Succeeded);
        string file = folder["app/One/function.json"];
        File.SetLastWriteTimeUtc(file, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.True(ManifestWriter.Write(folder["app"], [One, Two]).Succeeded);

        Assert.Equal(One.Json, File.ReadAllText(file));
        Assert.Equal(2020, File.GetLastWriteTimeUtc(file).Year);
    }

    [Fact]
    public void Removes_a_function_that_is_no_more_and_nothing_that_it_did_not_write()
    {
        using var folder = new TemporaryFolder();
        folder.Write("host.json", "{}");
        Directory.CreateDirectory(folder["wwwroot"]);
        Directory.CreateDirectory(folder["Theirs"]);
        folder.Write("Theirs/function.json", """{"bindings":[]}""");
        Assert.True(ManifestWriter.Write(folder.Path, [One, Two]).Succeeded);
        Assert.True(ManifestWriter.Write(folder.Path, [Two]).Succeeded);

        Assert.Equal(["Theirs", "Two", "host.json", "wwwroot"], Directory.GetFileSystemEntries(folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Two/function.json", """{"bindings":[]}""")]
    [InlineData("Two/readme.txt", "mine")]
    public void Refuses_a_folder_that_holds_something_else_before_it_writes_anything(string file, string content)
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["Two"]);
        folder.Write(file, content);
        Assert.IsType<Refusal.Conflict>(ManifestWriter.Write(folder.Path, [One, Two]).Refusal);
        Assert.False(Directory.Exists(folder["One"]));
        Assert.Equal(content, File.ReadAllText(folder[file]));
    }

    private static FunctionFolder FolderOf(string name) =>
        FunctionFolder.Of(name, new Dictionary<string, object> { ["type"] = "timerTrigger", ["direction"] = "in", ["name"] = "timer", ["schedule"] = "0 * * * * *" });
}
