using System.Runtime.InteropServices;

namespace SshFunctions.Hooks.Outside;

/// <summary>Landlock has no words in the C library: its three calls by number, the same on every architecture.</summary>
internal static partial class Libc
{
    // Source: include/uapi/asm-generic/unistd.h.
    internal const nint CreateRulesetCall = 444;
    internal const nint AddRuleCall = 445;
    internal const nint RestrictSelfCall = 446;

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    internal static unsafe partial nint CreateRuleset(nint number, ulong* attributes, nint size, nint flags);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    internal static unsafe partial nint AddRule(nint number, nint ruleset, nint kind, byte* attributes, nint flags);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    internal static partial nint RestrictSelf(nint number, nint ruleset, nint flags);

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    internal static partial int ProcessControl(int option, nuint first, nuint second, nuint third, nuint fourth);
}
