using System.Globalization;

namespace SshFunctions.Hooks.Outside;

/// <summary>The sshd that listens, found by what it runs and reads, and told to read its configuration again.</summary>
internal static class SshdListener
{
    private const string DefaultConfig = "/etc/ssh/sshd_config";
    private const string ListenerMark = "[listener]";
    private const string DeletedMark = " (deleted)";

    /// <summary>The process that a pid file names, when it is that sshd; null otherwise.</summary>
    internal static int? ByPidFile(string pidFile, string program) =>
        int.TryParse(Files.Read(pidFile)?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int process) && Runs(process, program)
            ? process : null;

    /// <summary>The one process that listens with a configuration; null when there is none.</summary>
    internal static int? ByConfig(string program, string config)
    {
        foreach (string folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out int process)
                && Runs(process, program) && Listens(process, config))
                return process;
        }

        return null;
    }

    /// <summary>Sends SIGHUP: a listening sshd starts itself anew in place and leaves its sessions alone.</summary>
    /// <returns>Whether there was still somebody to tell.</returns>
    internal static bool Reload(int process) => Libc.Kill(process, Libc.HangUpSignal) == 0;

    // A title such as "sshd: /usr/sbin/sshd -D -f /x/sshd_config [listener] 0 of 10-100 startups" stands where the arguments were.
    private static bool Listens(int process, string config)
    {
        string title = string.Join(' ', ProcessTable.Arguments(process) ?? []);
        if (!title.Contains(ListenerMark, StringComparison.Ordinal))
            return false;
        string[] words = title.Split(' ');
        int option = Array.IndexOf(words, "-f");
        string reads = option >= 0 && option + 1 < words.Length ? words[option + 1] : DefaultConfig;
        return Files.Target(Path.GetFullPath(reads)) == Files.Target(config);
    }

    // After an upgrade of the package the running program's file is gone, which the kernel says after its name.
    // Whose process it is counts: an account may run sshd too, under a title that says anything.
    private static bool Runs(int process, string program) =>
        ProcessTable.UserOf(process) == (Ownership.IsRoot ? 0 : Libc.EffectiveUser())
        && ProcessTable.ProgramOf(process)?.Split(DeletedMark)[0] == Files.Target(program);
}
