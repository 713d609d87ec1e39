using SshFunctions.Architecture.Tests.Product;

namespace SshFunctions.Architecture.Tests.Surface;

public sealed class PublicSurfaceTests
{
    private const int LinesShown = 15;

    [Theory]
    [InlineData("functions/Ssh")]
    [InlineData("functions/Api")]
    [InlineData("functions/Core")]
    public void The_public_surface_is_the_approved_one(string folder)
    {
        var project = ProductProject.In(folder);
        var approved = Repository.PathOf($"tests/Architecture.Tests/Approved/{project.Assembly}.txt");
        var received = Repository.PathOf($".artifacts/received/{project.Assembly}.txt");

        var expected = File.Exists(approved) ? File.ReadAllLines(approved) : [];
        var actual = PublicSurface.Of(project);
        Directory.CreateDirectory(Path.GetDirectoryName(received)!);
        File.Delete(received);
        if (File.Exists(approved) && actual.SequenceEqual(expected, StringComparer.Ordinal)) return;

        File.WriteAllLines(received, actual);
        Assert.Fail($"""
            the public surface of {project.Assembly} is not the approved one
              new:  {Column(actual.Except(expected))}
              gone: {Column(expected.Except(actual))}
            it was written to .artifacts/received/{project.Assembly}.txt; if it is meant, approve it with: bash tests/approve.sh
            """);
    }

    private static string Column(IEnumerable<string> lines)
    {
        var all = lines.ToList();
        var rest = all.Count > LinesShown ? $"\n        … and {all.Count - LinesShown} more" : "";
        return string.Join("\n        ", all.Take(LinesShown).DefaultIfEmpty("-")) + rest;
    }
}
