using Microsoft.Win32.SafeHandles;

namespace SshFunctions.Hooks.Outside;

/// <summary>Changes to the names in it: each by the folder the name is in, opened first, and the name, which is not followed.</summary>
internal sealed partial class ConfinedFolder
{
    private const int FolderOnly = 0x200;
    private const uint KeepTarget = 1;

    internal Errno MakeFolder(ReadOnlySpan<byte> parent, ReadOnlySpan<byte> name, uint mode)
    {
        Errno error = OpenParent(parent, out SafeFileHandle? folder);
        using (folder)
            return error == Errno.None ? Ended(Libc.MakeFolderAt(folder!, name, mode)) : error;
    }

    /// <summary>Removes a file, or a link and not what it leads to.</summary>
    internal Errno RemoveFile(ReadOnlySpan<byte> parent, ReadOnlySpan<byte> name) => Remove(parent, name, 0);

    /// <summary>Removes an empty folder.</summary>
    internal Errno RemoveFolder(ReadOnlySpan<byte> parent, ReadOnlySpan<byte> name) => Remove(parent, name, FolderOnly);

    /// <summary>Renames; a target that is there is replaced in one step or keeps its place.</summary>
    internal Errno Rename(ReadOnlySpan<byte> parent, ReadOnlySpan<byte> name, ReadOnlySpan<byte> newParent, ReadOnlySpan<byte> newName, bool replace)
    {
        Errno error = OpenParent(parent, out SafeFileHandle? from);
        using (from)
        {
            if (error != Errno.None)
                return error;
            error = OpenParent(newParent, out SafeFileHandle? to);
            using (to)
                return error == Errno.None ? Rename(from!, name, to!, newName, replace) : error;
        }
    }

    private static Errno Rename(SafeFileHandle from, ReadOnlySpan<byte> name, SafeFileHandle to, ReadOnlySpan<byte> newName, bool replace)
    {
        Errno error = Ended(Libc.RenameAt2(from, name, to, newName, replace ? 0 : KeepTarget));
        if (replace || error != Errno.Invalid)
            return error;
        // Some network file systems can't look and rename in one step; OpenSSH's server looks first there, too.
        if (FileState.Of(to, newName, out _) is var found and not Errno.NoEntry)
            return found == Errno.None ? Errno.Exists : found;
        return Ended(Libc.RenameAt2(from, name, to, newName, 0));
    }

    private Errno Remove(ReadOnlySpan<byte> parent, ReadOnlySpan<byte> name, int flags)
    {
        Errno error = OpenParent(parent, out SafeFileHandle? folder);
        using (folder)
            return error == Errno.None ? Ended(Libc.UnlinkAt(folder!, name, flags)) : error;
    }

    private Errno OpenParent(ReadOnlySpan<byte> path, out SafeFileHandle? folder) =>
        Open(path, OpenMode.NameOnly | OpenMode.Folder, 0, out folder);

    private static Errno Ended(int result) => result == 0 ? Errno.None : Libc.LastError;
}
