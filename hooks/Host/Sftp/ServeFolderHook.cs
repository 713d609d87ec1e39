using SshFunctions.Hooks.Outside;
using SshFunctions.Ssh.Wire;

namespace SshFunctions.Hooks.Host.Sftp;

/// <summary><c>sshfn host sftp FOLDER</c>: the forced command of a certificate that gives one folder's files and nothing else.</summary>
/// <remarks>
/// Not sftp-server under the same wall: that one reads the password file and its libraries. Not internal-sftp: without a chroot, which
/// needs a folder of root's, it takes every absolute path. Everything here happens on the one thread that stands behind the wall.
/// </remarks>
internal static class ServeFolderHook
{
    internal static int Run(string name)
    {
        try
        {
            RequireFileTransfer();
            using ConfinedFolder folder = ServedFolder.Open(name);
            Confine(folder);
            return Serve(folder);
        }
        catch (CommandFailedException failure)
        {
            return Rim.Report(failure);
        }
    }

    // sshd runs the forced command whatever the client asked for; who asked for a shell would wait for a prompt for ever.
    private static void RequireFileTransfer()
    {
        if (Settings.SshConnection is not null && Settings.SshOriginalCommand?.Contains("sftp", StringComparison.Ordinal) != true)
            throw new CommandFailedException(ExitCode.Failed, "this certificate is for sftp only, and scp without -O: it runs no commands");
    }

    private static void Confine(ConfinedFolder folder)
    {
        InheritedFiles.Close();
        Rehearsal.Run(folder);
        if (Landlock.Confine(folder) is { } problem)
            throw new CommandFailedException(ExitCode.Failed, problem);
    }

    private static int Serve(ConfinedFolder folder)
    {
        using Stream input = Terminal.InputBytes;
        using Stream output = Terminal.OutputBytes;
        using SftpSession session = new(folder, input, output);
        try
        {
            session.Serve();
            return ExitCode.Done;
        }
        catch (SshFormatException malformed)
        {
            throw new CommandFailedException(ExitCode.Failed, $"the client does not speak SFTP: {malformed.Message}");
        }
        catch (IOException)
        {
            // The client is gone; nobody is left to be told.
            return ExitCode.Failed;
        }
    }
}
