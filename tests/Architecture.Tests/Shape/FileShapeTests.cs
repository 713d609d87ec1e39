using SshFunctions.Architecture.Tests.Product;
using Xunit.Abstractions;

namespace SshFunctions.Architecture.Tests.Shape;

public sealed class FileShapeTests(ITestOutputHelper output)
{
    private const int LinesQuestioned = 300;
    private const int LinesMost = 400;
    private const int ProgramLinesMost = 80;
    private const int ReadmeLinesMost = 40;

    private static readonly string[] ShapelessFolders =
        ["Utils", "Utilities", "Helpers", "Common", "Shared", "Managers", "Models", "Internal", "Misc"];

    [Fact]
    public void No_source_file_is_longer_than_a_reader_can_hold()
    {
        var lengths = SourceFiles().Select(file => (file, lines: Repository.ReadLines(file).Length)).ToList();

        foreach (var (file, lines) in lengths.Where(one => one.lines > LinesQuestioned)) output.WriteLine($"questionable: {file}, {lines} lines");

        Assert.All(lengths, one => Assert.True(one.lines <= LinesMost, $"{one.file} has {one.lines} lines"));
    }

    [Theory]
    [InlineData("functions/App/Program.cs")]
    [InlineData("hooks/Program.cs")]
    public void A_program_file_only_starts_the_program(string file) =>
        Assert.InRange(Repository.ReadLines(file).Length, 1, ProgramLinesMost);

    [Fact]
    public void No_folder_is_named_for_having_no_subject()
    {
        var folders = Repository.Files.SelectMany(file => file.Split('/')[..^1]).Distinct();

        Assert.Empty(folders.Intersect(ShapelessFolders, StringComparer.OrdinalIgnoreCase));
    }

    [Fact]
    public void The_root_holds_only_what_belongs_there()
    {
        string[] allowed = ["functions", "hooks", "tests", "infra", "SshFunctions.sln", "host.json", "README.md"];

        var entries = Repository.Files.Select(file => file.Split('/')[0]).Distinct().Where(entry => !entry.StartsWith('.'));

        Assert.Empty(entries.Except(allowed));
    }

    [Fact]
    public void Every_folder_a_stranger_opens_first_has_a_short_readme()
    {
        var missing = new List<string>();
        foreach (var folder in OpenedFirst())
        {
            var readme = folder + "/README.md";
            if (!Repository.Files.Contains(readme)) missing.Add($"{readme} is missing");
            else if (Repository.ReadLines(readme).Length > ReadmeLinesMost) missing.Add($"{readme} has more than {ReadmeLinesMost} lines");
        }

        Assert.Empty(missing);
    }

    [Fact]
    public void Every_decision_is_one_page_and_numbered_without_a_gap()
    {
        var records = Repository.FilesUnder("infra/decisions", ".md").Select(file => Path.GetFileName(file)!).ToList();

        Assert.Equal(Enumerable.Range(1, records.Count).Select(number => $"{number:0000}"), records.Select(name => name[..4]));
        Assert.All(records, name => Assert.InRange(Repository.ReadLines($"infra/decisions/{name}").Length, 5, 60));
    }

    [Fact]
    public void Every_script_stops_at_its_first_fault()
    {
        var scripts = Repository.Files.Where(file => file.EndsWith(".sh", StringComparison.Ordinal) || file == ".ci/run");

        // Files meant to be sourced or to run under another shell than bash say so in their first line and are not meant here.
        var careless = scripts.Select(file => (file, lines: Repository.ReadLines(file)))
            .Where(one => one.lines[0].EndsWith("bash", StringComparison.Ordinal) && !one.lines.Contains("set -euo pipefail"));

        Assert.Empty(careless.Select(one => one.file));
    }

    // functions/ and tests/ hold one folder per project; hooks/ and infra/ are one room each. A project without code has nothing to say yet.
    private static IEnumerable<string> OpenedFirst() => Repository.Files
        .Where(file => file.StartsWith("functions/", StringComparison.Ordinal) || file.StartsWith("tests/", StringComparison.Ordinal))
        .Where(file => file.EndsWith(".csproj", StringComparison.Ordinal))
        .Select(file => Path.GetDirectoryName(file)!)
        .Where(folder => Repository.FilesUnder(folder, ".cs").Any())
        .Concat(["functions", "hooks", "tests", "infra"]);

    private static IEnumerable<string> SourceFiles() => Repository.Files.Where(file => file.EndsWith(".cs", StringComparison.Ordinal));
}
