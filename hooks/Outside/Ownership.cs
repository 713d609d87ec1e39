using Microsoft.Win32.SafeHandles;

namespace SshFunctions.Hooks.Outside;

/// <summary>Refuses folders and files that somebody else could have put there or could change.</summary>
internal static class Ownership
{
    private const uint OthersMask = 0x3F;

    internal static bool IsRoot => Libc.EffectiveUser() == 0;

    /// <summary>Makes the folder with mode 0700 when it is missing, and refuses one that is not this user's alone.</summary>
    internal static void EnsureFolder(string path)
    {
        if (FileFacts.Of(path) is null)
        {
            RequireOwnPlace(path);
            Files.CreateFolder(path);
        }

        if (Problem(path, folder: true) is { } problem)
            throw Refused(path, problem);
    }

    /// <summary>Refuses to let root leave files of its own in somebody else's folder, as <c>sudo</c> with the user's HOME would.</summary>
    internal static void RequireOwnPlace(string path)
    {
        if (!IsRoot)
            return;
        string at = path;
        while (FileFacts.Of(at) is null && Path.GetDirectoryName(at) is { Length: > 0 } above)
            at = above;
        if (FileFacts.Of(at) is { } facts && facts.Owner != 0)
        {
            throw new CommandFailedException(
                ExitCode.Failed, $"{at} belongs to user {facts.Owner}, and root would leave files there that are not theirs", "run it as that user, without sudo; or sudo -H for root's own");
        }
    }

    /// <summary>Opens a file to read and write, or makes it with mode 0600; refuses, by what was opened, all that is not this user's alone.</summary>
    internal static SafeFileHandle OpenOwnFile(string path)
    {
        const ulong Mode = OpenMode.ReadAndWrite | OpenMode.Create | OpenMode.DoNotWait | OpenMode.NoTerminal | OpenMode.CloseOnExecute;
        int descriptor = Libc.Open(path, (int)(Mode | OpenMode.NoFollow), (int)Files.Private);
        if (descriptor < 0)
        {
            Errno error = Libc.LastError;
            // The kernel gives no new name to a file of another's in a folder with the sticky bit, and opens no socket.
            throw Problem(path, folder: false) is { } fault and not "is missing"
                ? Refused(path, fault)
                : new IOException($"{path} can't be opened or made{(error is Errno.AccessDenied ? ": permission denied" : "")}");
        }

        SafeFileHandle file = new(descriptor, ownsHandle: true);
        string? problem = FileState.Of(file, out FileState state) != Errno.None ? "can't be looked at" : state switch
        {
            { IsFile: false } => "is not a file",
            _ when state.User != Libc.EffectiveUser() => $"belongs to user {state.User}",
            { Links: not 1 } => "has another name elsewhere",
            _ when (state.Mode & OthersMask) != 0 => "can be read or written by others",
            _ => null,
        };
        if (problem is null)
            return file;
        file.Dispose();
        throw Refused(path, problem);
    }

    internal static void RequireFolder(string path)
    {
        if (FileFacts.Of(path) is not null && Problem(path, folder: true) is { } problem)
            throw Refused(path, problem);
    }

    internal static void RequirePrivateFile(string path)
    {
        if (FileFacts.Of(path) is not null && Problem(path, folder: false) is { } problem)
            throw Refused(path, problem);
    }

    /// <summary>Refuses what anybody but root or this user could have put there or could change; reading it is everybody's right.</summary>
    internal static void RequireUnchangeable(string path, bool folder)
    {
        if (FileFacts.Of(path) is not { } facts)
            return;
        string? problem = facts switch
        {
            { IsLink: true } => "is a symbolic link",
            _ when (folder ? !facts.IsFolder : !facts.IsFile) => folder ? "is not a folder" : "is not a file",
            _ when facts.Owner != 0 && facts.Owner != Libc.EffectiveUser() => $"belongs to user {facts.Owner}",
            { OthersMayWrite: true } => "can be written by others",
            _ => null,
        };
        if (problem is not null)
            throw new CommandFailedException(ExitCode.Failed, $"{path} {problem}", $"it must be root's and closed to others' writing: look at it, then chown root, chmod go-w or remove {path}");
    }

    /// <summary>What is wrong with an existing file or folder; null when nothing is.</summary>
    internal static string? Problem(string path, bool folder)
    {
        FileFacts? found = FileFacts.Of(path);
        if (found is not { } facts)
            return "is missing";
        if (facts.IsLink)
            return "is a symbolic link";
        if (folder ? !facts.IsFolder : !facts.IsFile)
            return folder ? "is not a folder" : "is not a file";
        if (facts.Owner != Libc.EffectiveUser())
            return $"belongs to user {facts.Owner}";
        if (facts.OthersMayWrite)
            return "can be written by others";
        return !folder && facts.OthersMayReadOrWrite ? "can be read by others" : null;
    }

    private static CommandFailedException Refused(string path, string problem) =>
        new(ExitCode.Failed, $"{path} {problem}", $"it must be your own and closed to others: look at it, then chown, chmod go= or remove {path}");
}
