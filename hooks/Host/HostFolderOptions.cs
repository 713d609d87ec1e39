namespace SshFunctions.Hooks.Host;

/// <summary>The two folders at the front of a callback's arguments.</summary>
internal static class HostFolderOptions
{
    internal const string Folder = "--folder";
    internal const string RunFolder = "--run-folder";

    /// <summary>Takes <c>--folder F</c> and <c>--run-folder R</c> from the front, each at most once and absolute; null on any doubt.</summary>
    internal static HostFolders? Take(ref ReadOnlySpan<string> arguments)
    {
        string? folder = null;
        string? runFolder = null;
        while (arguments is [Folder or RunFolder, var value, ..])
        {
            ref string? target = ref arguments[0] == Folder ? ref folder : ref runFolder;
            if (target is not null || !IsFolder(value))
                return null;
            target = value;
            arguments = arguments[2..];
        }

        return new HostFolders(folder ?? HostFolders.DefaultFolder, runFolder ?? HostFolders.DefaultRunFolder);
    }

    internal static bool IsFolder(string path) => path.Length > 1 && Path.IsPathRooted(path) && !path.EndsWith('/') && !path.Any(char.IsControl);
}
