namespace SshFunctions.Support.Programs;

/// <summary>The clone that the tests run in.</summary>
public static class SourceTree
{
    /// <summary>Its root, absolute.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "SshFunctions.sln"))) return folder.FullName;
        }

        throw new InvalidOperationException($"no SshFunctions.sln above {AppContext.BaseDirectory}: run the tests from inside a clone");
    }
}
