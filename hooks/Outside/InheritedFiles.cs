using System.Globalization;

namespace SshFunctions.Hooks.Outside;

/// <summary>Descriptors that whoever started this process left open.</summary>
internal static class InheritedFiles
{
    private const int AskFlags = 1;
    private const int CloseOnExecute = 1;
    private const int LastStandard = 2;

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
