using SshFunctions.Hooks.Outside;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.Hooks.Commands.Keys;

/// <summary>A public key or certificate from a file; a private key is refused before any byte leaves this machine.</summary>
internal static class PublicKeyFile
{
    private const int LargestBytes = 256 * 1024;

    /// <summary>The one line of the file that is not empty and no comment.</summary>
    internal static string ReadLine(string path)
    {
        string text = path == "-" ? Terminal.ReadInput(LargestBytes) : InputFile.Read(path, LargestBytes);
        RefusePrivate(text, path);
        string[] lines = [.. text.Split('\n', StringSplitOptions.TrimEntries).Where(line => line.Length > 0 && line[0] != '#')];
        return lines.Length == 1
            ? lines[0]
            : throw new CommandFailedException(ExitCode.Usage, $"{path} holds {lines.Length} lines where one key is expected", "give one .pub file at a time");
    }

    internal static void RefusePrivate(string text, string path)
    {
        if (!PrivateKeyText.LooksPrivate(text))
            return;
        string send = path is "-" ? "ssh-keygen -y -f KEY | sshfn keys add -" : $"ssh-keygen -y -f {path} | sshfn keys add -";
        string half = PrivateKeyText.TryGetPublicHalf(text, out SshPublicKey? key) ? key.Fingerprint.ToString() : "PUBLIC-HALF.pub";
        throw new CommandFailedException(
            ExitCode.Usage,
            $"{(path is "-" ? "standard input" : path)} holds a private key: nothing was sent",
            $"send its public half: {send}; if the private key was ever shared: sshfn revoke --key {half} --reason shared, and make a new one");
    }
}
