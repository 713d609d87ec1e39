using System.Runtime.InteropServices;

namespace SshFunctions.Hooks.Outside;

/// <summary>The kernel's own wall around a folder: what this thread, and every one it starts, opens or changes must lie below it.</summary>
/// <remarks>
/// It does not cover stat, chmod and times, which <see cref="ConfinedFolder"/> keeps inside; and before ABI 8 it covers no thread that is
/// already there: the runtime's own, which serve no request. Source: landlock(7), include/uapi/linux/landlock.h.
/// </remarks>
internal static class Landlock
{
    private const int NoNewPrivileges = 38;
    private const nint AskVersion = 1;
    private const nint PathBeneath = 1;
    private const int RuleBytes = 12;

    private const ulong WriteFile = 1 << 1;
    private const ulong ReadFile = 1 << 2;
    private const ulong ReadFolder = 1 << 3;
    private const ulong RemoveFolder = 1 << 4;
    private const ulong RemoveFile = 1 << 5;
    private const ulong MakeFolder = 1 << 7;
    private const ulong MakeFile = 1 << 8;
    private const ulong MoveBetweenFolders = 1 << 13;
    private const ulong Truncate = 1 << 14;
    private const ulong BindAndConnect = 0b11;
    private const ulong AbstractSocketsAndSignals = 0b11;

    // What is missing here nobody gets: execute, and making links, devices, sockets and pipes.
    private const ulong Allowed =
        WriteFile | ReadFile | ReadFolder | RemoveFolder | RemoveFile | MakeFolder | MakeFile | MoveBetweenFolders | Truncate;

    /// <summary>Confines this thread to a folder, for good.</summary>
    /// <returns>What is missing on this host; null once the wall stands.</returns>
    internal static unsafe string? Confine(ConfinedFolder folder)
    {
        nint abi = Libc.CreateRuleset(Libc.CreateRulesetCall, null, 0, AskVersion);
        if (abi < 1)
            return "this host's kernel has no Landlock, which keeps a session in its folder: Linux 5.13 or newer has it, unless lsm= at boot leaves it out";
        if (Libc.ProcessControl(NoNewPrivileges, 1, 0, 0, 0) != 0)
            return $"the kernel refuses no_new_privs: error {Marshal.GetLastPInvokeError()}";

        ulong handled = FileRights(abi);
        // struct landlock_ruleset_attr: file rights, network rights (ABI 4), scopes (ABI 6).
        ulong* attributes = stackalloc ulong[] { handled, BindAndConnect, AbstractSocketsAndSignals };
        nint ruleset = Libc.CreateRuleset(Libc.CreateRulesetCall, attributes, abi switch { < 4 => 8, < 6 => 16, _ => 24 }, 0);
        if (ruleset < 0)
            return $"the kernel refuses a Landlock ruleset: error {Marshal.GetLastPInvokeError()}";
        bool stands = Allow(ruleset, folder, Allowed & handled) && Libc.RestrictSelf(Libc.RestrictSelfCall, ruleset, 0) == 0;
        string? problem = stands ? null : $"the kernel refuses the Landlock sandbox: error {Marshal.GetLastPInvokeError()}";
        _ = Libc.Close((int)ruleset);
        return problem;
    }

    // struct landlock_path_beneath_attr, packed: rights (64 bits), descriptor of the folder (32 bits).
    private static unsafe bool Allow(nint ruleset, ConfinedFolder folder, ulong rights)
    {
        byte* rule = stackalloc byte[RuleBytes];
        Span<byte> fields = new(rule, RuleBytes);
        MemoryMarshal.Write(fields, rights);
        MemoryMarshal.Write(fields[sizeof(ulong)..], (int)folder.Handle.DangerousGetHandle());
        return Libc.AddRule(Libc.AddRuleCall, ruleset, PathBeneath, rule, 0) == 0;
    }

    // Every right that the kernel knows, up to ABI 7: 13 at first; refer from ABI 2, truncate from 3, ioctl on devices from 5.
    private static ulong FileRights(nint abi) => abi switch
    {
        1 => (1 << 13) - 1,
        2 => (1 << 14) - 1,
        < 5 => (1 << 15) - 1,
        _ => (1 << 16) - 1,
    };
}
