using System.Buffers;

namespace SshFunctions.Hooks.Host.Enroll;

/// <summary>Paths that mean the same in sshd's configuration, in a PAM service and in a shell, without any quotes.</summary>
internal static class PlainPath
{
    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_+@/");

    /// <summary>The path, absolute and without a slash at its end; refused when it would need quotes.</summary>
    internal static string Of(string path)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        return !full.AsSpan().ContainsAnyExcept(Allowed) ? full : throw new CommandFailedException(
            ExitCode.Usage, $"the path {path} can't stand in the configurations of sshd and PAM", "letters, digits and . - _ + @ / are fine");
    }
}
