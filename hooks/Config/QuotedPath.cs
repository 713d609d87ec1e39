using System.Buffers;

namespace SshFunctions.Hooks.Config;

/// <summary>A path as it stands in an ssh_config line.</summary>
/// <remarks>
/// ssh_config(5) has no escape for a quote inside a quoted word, expands <c>%</c>, <c>$</c> and <c>~</c> in file names and globs in
/// Include; the exec line also passes a shell. A path with any of these is refused; spaces are fine.
/// </remarks>
internal static class QuotedPath
{
    private static readonly SearchValues<char> Unsafe = SearchValues.Create("\"'\\%$`*?[]{}~;&|<>()#!");

    /// <summary>In double quotes, for a file name.</summary>
    internal static string ForSsh(string path) => $"\"{Check(path)}\"";

    /// <summary>In single quotes, for the command of <c>exec "…"</c>, where double quotes can't nest.</summary>
    internal static string ForShell(string path) => $"'{Check(path)}'";

    private static string Check(string path)
    {
        bool isSafe = !path.AsSpan().ContainsAny(Unsafe) && !path.Any(char.IsControl);
        return isSafe ? path : throw new CommandFailedException(
            ExitCode.Failed, $"the path {path} holds a character that ssh_config can't carry", "move sshfn, or set SSHFN_HOME to a folder with a plain name");
    }
}
