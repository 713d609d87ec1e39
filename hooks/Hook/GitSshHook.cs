using System.Text;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Hook;

/// <summary><c>sshfn git-ssh</c>: becomes ssh with a configuration that fetches certificates.</summary>
internal static class GitSshHook
{
    internal static int Run()
    {
        string configuration = Folders.Current().GitSshConfig;
        if (!Files.Exists(configuration))
            return Rim.Report(new CommandFailedException(ExitCode.Failed, $"{configuration} is missing", "sshfn config-ssh"));
        UsableShell.Ensure();
        // The first two are this program and the word git-ssh.
        IEnumerable<byte[]> arguments = Programs.RawArguments().Skip(2);
        Programs.Become("ssh", ["-F"u8.ToArray(), Encoding.UTF8.GetBytes(configuration), .. arguments]);
        return Rim.Report(new CommandFailedException(ExitCode.Failed, "ssh can't be started", "is the OpenSSH client installed and in PATH?"));
    }
}
