using System.Runtime.InteropServices;

namespace SshFunctions.Hooks.Outside;

/// <summary>The flags of open(2), with the kernel's numbers.</summary>
internal static class OpenMode
{
    internal const ulong Read = 0;
    internal const ulong Write = 1;
    internal const ulong ReadAndWrite = 2;
    internal const ulong Create = 0x40;
    internal const ulong MustBeNew = 0x80;
    internal const ulong NoTerminal = 0x100;
    internal const ulong Truncate = 0x200;
    internal const ulong Append = 0x400;
    internal const ulong DoNotWait = 0x800;
    internal const ulong CloseOnExecute = 0x80000;

    /// <summary>Names a thing without opening it: no rights over it are needed, and no device wakes up.</summary>
    internal const ulong NameOnly = 0x200000;

    private static readonly bool IsArm = RuntimeInformation.ProcessArchitecture == Architecture.Arm64;

    internal static ulong Folder => IsArm ? 0x4000u : 0x10000u;

    internal static ulong NoFollow => IsArm ? 0x8000u : 0x20000u;
}
