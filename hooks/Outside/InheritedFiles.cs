using System.Globalization;

namespace SshFunctions.Hooks.Outside;

/// <summary>Descriptors that whoever started this process left open.</summary>
internal static class InheritedFiles
{
    private const int AskFlags = 1;
    private const int CloseOnExecute = 1;
    private const int LastStandard = 2;
    private const int ReadOnly = 0;

    /// <summary>Puts something in the place of standard input, output and error where they were closed.</summary>
    /// <remarks>
    /// The next file to be opened would take the number, and messages for people would go into it: into a private key, or to the
    /// broker. Open for reading only, so that what writes data notices that nobody gets it.
    /// </remarks>
    internal static void EnsureStandard()
    {
        for (int descriptor = 0; descriptor <= LastStandard; descriptor++)
        {
            if (Libc.DescriptorFlags(descriptor, AskFlags) < 0)
                _ = Libc.Open("/dev/null", ReadOnly, 0);
        }
    }

    /// <summary>Closes all beyond standard input, output and error.</summary>
    /// <remarks>One that came through exec can't be marked close-on-exec; the runtime marks all of its own.</remarks>
    internal static void Close()
    {
        foreach (string name in Directory.GetFiles("/proc/self/fd").Select(path => Path.GetFileName(path)))
        {
            int descriptor = int.Parse(name, CultureInfo.InvariantCulture);
            int flags = descriptor > LastStandard ? Libc.DescriptorFlags(descriptor, AskFlags) : -1;
            if (flags >= 0 && (flags & CloseOnExecute) == 0)
                _ = Libc.Close(descriptor);
        }
    }
}
