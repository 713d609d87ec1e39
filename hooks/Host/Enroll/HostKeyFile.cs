using SshFunctions.Hooks.Outside;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.Hooks.Host.Enroll;

/// <summary>A public host key and the file that holds it.</summary>
/// <param name="Path">A <c>.pub</c> file: the one beside the private key, else one of our own.</param>
/// <param name="Key">The key.</param>
/// <param name="IsMissing">Whether the file has yet to be written.</param>
internal sealed record HostKeyFile(string Path, SshPublicKey Key, bool IsMissing)
{
    private const int LargestBytes = 64 * 1024;
    private const int MostKeys = 10;
    private const string PublicSuffix = ".pub";

    /// <summary>The host keys that sshd has; those that it only looks for are left out, as sshd does.</summary>
    internal static IReadOnlyList<HostKeyFile> Read(EffectiveConfig config, HostFolders folders)
    {
        HostKeyFile[] keys = [.. config.All("hostkey").Distinct().Where(Files.Exists).Select(path => Find(path, folders)).OfType<HostKeyFile>()];
        if (keys.Length is 0 or > MostKeys)
            throw new CommandFailedException(ExitCode.Failed, $"sshd has {keys.Length} host keys, and 1 to {MostKeys} can be certified", "ssh-keygen -A makes those that every sshd looks for");
        return keys.DistinctBy(key => folders.CertificateOf(key.Path)).Count() == keys.Length
            ? keys
            : throw new CommandFailedException(ExitCode.Failed, "two host keys have files of the same name", "give them different names");
    }

    // Null for a kind of key that no certificate is made for, such as DSA.
    private static HostKeyFile? Find(string path, HostFolders folders)
    {
        string file = path.EndsWith(PublicSuffix, StringComparison.Ordinal) ? path : path + PublicSuffix;
        if (Files.Exists(file))
            return SshPublicKey.TryParse(InputFile.Read(file, LargestBytes).Trim(), out SshPublicKey? known, out _) ? new(PlainPath.Of(file), known, false) : null;
        ProgramResult? made = Programs.Run("ssh-keygen", "-y", "-f", path);
        if (made is not { ExitCode: 0 })
            throw new CommandFailedException(ExitCode.Failed, $"{file} is missing, and can't be made from {path}", $"ssh-keygen -y -f {path} > {file}");
        return SshPublicKey.TryParse(made.Output.Trim(), out SshPublicKey? key, out _)
            ? new(PlainPath.Of($"{folders.Folder}/{System.IO.Path.GetFileName(file)}"), key, true) : null;
    }
}
