using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace SshFunctions.Hooks.Outside;

/// <summary>The calls that give a file away.</summary>
internal static partial class Libc
{
    internal const int HangUpSignal = 1;

    [LibraryImport("libc", EntryPoint = "fchown", SetLastError = true)]
    internal static partial int ChangeOwner(SafeFileHandle file, uint user, uint group);
}
