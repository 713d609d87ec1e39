using System.Text.RegularExpressions;
using SshFunctions.Architecture.Tests.Product;

namespace SshFunctions.Architecture.Tests.Shape;

/// <summary>Every defence that <c>functions/Core/SECURITY.md</c> names has the test that it names.</summary>
public sealed partial class ThreatTableTests
{
    private const string Paper = "functions/Core/SECURITY.md";

    public static TheoryData<string> Named => [.. Rows().SelectMany(row => TestName().Matches(row).Select(match => match.Groups[1].Value)).Distinct()];

    [Fact]
    public void Every_threat_names_what_stops_it_and_a_test()
    {
        Assert.InRange(Rows().Count, 40, 400);
        Assert.All(Rows(), row => Assert.True(row.Split('|').Length == 5 && row.Split('|').All(cell => cell.Length != 1) && TestName().IsMatch(row), row));
    }

    [Theory]
    [MemberData(nameof(Named))]
    public void Is_there(string test)
    {
        ArgumentNullException.ThrowIfNull(test);
        string[] parts = test.Split('/', '.');
        string[] files = [.. Repository.Files.Where(file => file.StartsWith($"tests/{parts[0]}.{parts[1]}/", StringComparison.Ordinal) && file.EndsWith(".cs", StringComparison.Ordinal))];
        string declaration = $"class {parts[2]}";
        string[] declaring = [.. files.Where(file => Repository.ReadLines(file).Any(line => Regex.IsMatch(line, $@"\b{declaration}\b")))];

        Assert.NotEmpty(declaring);
        if (parts.Length == 4) Assert.Contains(declaring.SelectMany(Repository.ReadLines), line => line.Contains($" {parts[3]}(", StringComparison.Ordinal));
    }

    /// <summary>Of the table, without its head and the lines that name a group.</summary>
    private static IReadOnlyList<string> Rows() =>
    [
        .. Repository.ReadLines(Paper).SkipWhile(line => !line.StartsWith("## Threats", StringComparison.Ordinal)).Skip(1)
            .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
            .Where(line => line.StartsWith('|') && !line.StartsWith("|---", StringComparison.Ordinal) && !line.StartsWith("| **", StringComparison.Ordinal) && !line.StartsWith("| threat", StringComparison.Ordinal)),
    ];

    [GeneratedRegex(@"`([A-Z][A-Za-z]+\.Tests/[A-Za-z]+(?:\.\w+)?)`")]
    private static partial Regex TestName();
}
