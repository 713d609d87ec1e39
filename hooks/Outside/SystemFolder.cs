namespace SshFunctions.Hooks.Outside;

/// <summary>Folders of the system, which root makes and others may walk through.</summary>
internal static class SystemFolder
{
    private const UnixFileMode Walkable =
        Files.PrivateFolder | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    internal static bool Exists(string path) => Directory.Exists(path);

    internal static bool IsEmpty(string path) => !Directory.Exists(path) || !Directory.EnumerateFileSystemEntries(path).Any();

    /// <summary>Makes it with mode 0755 whatever the umask says.</summary>
    internal static void Create(string path)
    {
        Directory.CreateDirectory(path);
        File.SetUnixFileMode(path, Walkable);
    }

    /// <summary>Removes it when nothing is in it.</summary>
    internal static void RemoveEmpty(string path)
    {
        if (Directory.Exists(path) && IsEmpty(path))
            Directory.Delete(path);
    }

    /// <summary>Files that a pattern of <c>Include</c> names, in sshd's order; wildcards count in the last name only.</summary>
    internal static IReadOnlyList<string> Matching(string pattern)
    {
        string? folder = Path.GetDirectoryName(pattern);
        if (folder is null || !Directory.Exists(folder))
            return [];
        string name = Path.GetFileName(pattern);
        return [.. Directory.EnumerateFiles(folder)
            .Where(path => System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(name, Path.GetFileName(path), ignoreCase: false)
                && (Path.GetFileName(path)[0] != '.' || name[0] == '.'))
            .Order(StringComparer.Ordinal)];
    }

    /// <summary>What sshd would hold against a program of that path; null when nothing.</summary>
    /// <remarks>Source: safe_path of OpenSSH's misc.c: every folder and the file itself are root's and nobody else may write them.</remarks>
    internal static string? UnsafeStep(string path)
    {
        for (string? step = path; step is not null; step = Path.GetDirectoryName(step))
        {
            if (FileFacts.Of(step) is not { } facts)
                return $"{step} is missing";
            if (facts.Owner != 0)
                return $"{step} belongs to user {facts.Owner}";
            if (facts.OthersMayWrite)
                return $"{step} can be written by others";
        }

        return null;
    }
}
