using System.Buffers;
using System.Text;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Host.Sftp;

/// <summary>Finds the folder that a certificate names, and refuses one from which more than files could be had.</summary>
internal static class ServedFolder
{
    private const int MaximumLength = 255;
    private const string DeletedMark = " (deleted)";

    private static readonly SearchValues<char> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

    /// <summary>Opens the folder.</summary>
    /// <param name="name">Absolute, or below the account's home; the broker checked it, but who runs this might not have asked the broker.</param>
    /// <exception cref="CommandFailedException">It breaks a rule, is missing, or is, holds or hides the home's own files.</exception>
    internal static ConfinedFolder Open(string name)
    {
        if (!IsWellFormed(name))
            throw Refused("a folder is an absolute path or one below the home, such as pub/media: letters, digits and . _ -, no name starting with '.' or '-'");
        string home = Folders.AccountHome ?? throw Refused("this account has no home in the password database, so no folder can be told from it");
        ConfinedFolder folder = ConfinedFolder.At(Path.Combine(home, name)) ?? throw Refused($"{name} is no folder that this account may enter");
        string? problem = folder.RealPath is { } path ? Problem(path, RealHome(home)) : "has no path";
        if (problem is null && folder.Enter())
            return folder;
        folder.Dispose();
        throw Refused($"{name} {problem ?? "can't be entered"}");
    }

    /// <summary>Whether a name keeps the alphabet that needs no quoting in any shell, and names nothing hidden.</summary>
    internal static bool IsWellFormed(string name)
    {
        if (name.Length is 0 or > MaximumLength)
            return false;
        string path = name[^1] == '/' ? name[..^1] : name;
        return (path.StartsWith('/') ? path[1..] : path).Split('/').All(IsName);
    }

    /// <summary>What is wrong with a folder where it really lies, all links followed; null when nothing is.</summary>
    internal static string? Problem(string path, string home)
    {
        if (path == "/")
            return "is the root of the file system";
        if (path == home)
            return "is the account's home, which holds files that a shell and sshd obey";
        if (home.StartsWith(path + "/", StringComparison.Ordinal))
            return "contains the account's home, which holds files that a shell and sshd obey";
        if (path.Contains("/.", StringComparison.Ordinal))
            return "lies in a hidden folder";
        return path.EndsWith(DeletedMark, StringComparison.Ordinal) ? "was removed" : null;
    }

    // A home that is missing can only be compared by its name: as bytes, like the folder's path.
    private static string RealHome(string home)
    {
        using ConfinedFolder? folder = ConfinedFolder.At(home);
        return folder?.RealPath ?? Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(home.TrimEnd('/')));
    }

    private static bool IsName(string name) =>
        name.Length > 0 && name[0] is not ('.' or '-') && !name.AsSpan().ContainsAnyExcept(Alphabet);

    private static CommandFailedException Refused(string why) => new(ExitCode.Failed, why);
}
