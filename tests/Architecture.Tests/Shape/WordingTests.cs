using System.Text.RegularExpressions;
using SshFunctions.Architecture.Tests.Product;

namespace SshFunctions.Architecture.Tests.Shape;

public sealed partial class WordingTests
{
    // Where packages come from is the builder's business; a name in a tracked file would tie a clone to it. Halved, so as not to find itself.
    private static readonly string[] RegistryHosts =
    [
        "nuget" + ".org", "npmjs" + ".org", "npmjs" + ".com", "yarnpkg" + ".com", "pypi" + ".org", "pythonhosted" + ".org",
        "crates" + ".io", "rubygems" + ".org", "proxy.golang" + ".org", "maven" + ".org", "debian" + ".org", "archive.ubuntu" + ".com",
    ];

    [Fact]
    public void No_tracked_file_names_a_package_registry()
    {
        var found =
            from line in Lines()
            from host in RegistryHosts
            where line.Text.Contains(host, StringComparison.OrdinalIgnoreCase)
            select $"{line.File}:{line.Number} names {host}";

        Assert.Empty(found);
    }

    [Fact]
    public void Work_left_for_later_names_its_issue()
    {
        var naked = Lines().Where(line => Later().IsMatch(line.Text)).Select(line => $"{line.File}:{line.Number}");

        Assert.Empty(naked);
    }

    [Fact]
    public void No_source_file_folds_its_code_away()
    {
        var regions = Lines().Where(line => line.File.EndsWith(".cs", StringComparison.Ordinal))
            .Where(line => line.Text.TrimStart().StartsWith("#region", StringComparison.Ordinal));

        Assert.Empty(regions.Select(line => $"{line.File}:{line.Number}"));
    }

    private static IEnumerable<(string File, int Number, string Text)> Lines() =>
        from file in Repository.Files
        where IsText(file)
        from line in Repository.ReadLines(file).Select((text, index) => (text, number: index + 1))
        select (file, line.number, line.text);

    // As git decides it: a zero byte near the beginning makes a file binary.
    private static bool IsText(string file)
    {
        using var stream = File.OpenRead(Repository.PathOf(file));
        var start = new byte[8000];
        var length = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        return !start.AsSpan(0, length).Contains((byte)0);
    }

    [GeneratedRegex(@"\b(TO" + @"DO|FIX" + @"ME|XX" + @"X)\b(?!\(#\d+\): \S)")]
    private static partial Regex Later();
}
