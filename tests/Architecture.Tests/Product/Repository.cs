using System.Diagnostics;

namespace SshFunctions.Architecture.Tests.Product;

/// <summary>The working tree these tests were built from: what git tracks, and what it would track if added.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>Paths with forward slashes, relative to <see cref="Root"/>, without ignored files, in ordinal order.</summary>
    public static IReadOnlyList<string> Files { get; } = ListFiles();

    public static string PathOf(string relative) => Path.Combine(Root, relative);

    public static string[] ReadLines(string relative) => File.ReadAllLines(PathOf(relative));

    public static IEnumerable<string> FilesUnder(string folder, string extension) =>
        Files.Where(file => file.StartsWith(folder + "/", StringComparison.Ordinal) && file.EndsWith(extension, StringComparison.Ordinal));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "SshFunctions.sln"))) return folder.FullName;
        }
        throw new InvalidOperationException($"no SshFunctions.sln above {AppContext.BaseDirectory}: run the tests from inside a clone");
    }

    private static string[] ListFiles()
    {
        var start = new ProcessStartInfo("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        {
            WorkingDirectory = Root,
            RedirectStandardOutput = true,
        };
        using var git = Process.Start(start) ?? throw new InvalidOperationException("git did not start");
        var listed = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        if (git.ExitCode != 0) throw new InvalidOperationException($"git ls-files ended with {git.ExitCode}");
        // A file deleted but not yet committed is listed and no longer there.
        return [.. listed.Split('\0', StringSplitOptions.RemoveEmptyEntries).Where(file => File.Exists(PathOf(file))).Order(StringComparer.Ordinal)];
    }
}
