using System.Security.Cryptography;
using SshFunctions.Core;
using SshFunctions.Ssh.Keys;
using SshFunctions.Ssh.Wire;

namespace SshFunctions.Local.Keys;

/// <summary>A private key in a file of OpenSSH's own format, mode 0600, so that ssh-keygen can make, read and back it up.</summary>
public static class KeyFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    // The largest RSA key that OpenSSH takes, in OpenSSH's format, with room for a comment.
    private const int MaximumBytes = 64 * 1024;

    /// <summary>Makes an ECDSA P-256 key where there is no file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="comment">What a new key is called in its file.</param>
    /// <exception cref="IOException">The file can't be made.</exception>
    public static void MakeIfMissing(string path, string comment)
    {
        if (File.Exists(path)) return;
        using SshPrivateKey key = SshPrivateKey.GenerateEcdsa(256);
        Make(path, key, comment);
    }

    /// <summary>Writes a key where there is no file; durable on return.</summary>
    /// <param name="path">The file.</param>
    /// <param name="key">The key; stays the caller's.</param>
    /// <param name="comment">What it is called in its file.</param>
    /// <exception cref="IOException">The file can't be made, or there is one already.</exception>
    public static void Make(string path, SshPrivateKey key, string comment)
    {
        Write(path, OpenSshPrivateKey.Write(key, comment));
        Posix.Flush(Path.GetDirectoryName(path)!);
    }

    /// <summary>Removes a key for good; durable on return.</summary>
    /// <param name="path">The file; nothing happens where there is none.</param>
    /// <exception cref="IOException">It can't be removed.</exception>
    public static void Destroy(string path)
    {
        if (!File.Exists(path)) return;
        File.Delete(path);
        Posix.Flush(Path.GetDirectoryName(path)!);
    }

    /// <summary>Reads a key.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The key; invalid when there is no file, others may read it, or it holds no usable key.</returns>
    /// <exception cref="IOException">The file can't be read.</exception>
    public static Result<SshPrivateKey> Read(string path)
    {
        if (!File.Exists(path))
            return new Refusal.Invalid(null, $"key file {path} is not there", "put it back from a backup, or make it with: ssh-keygen -t ecdsa -b 256 -N '' -f FILE");
        if (path.EndsWith(".pub", StringComparison.Ordinal))
            return new Refusal.Invalid(null, $"key file {path} is the public half", "name the private one, without .pub");
        if ((File.GetUnixFileMode(path) & Others) != 0)
        {
            return new Refusal.Invalid(
                null, $"key file {path} can be read by other users", $"chmod 600 {path}, and rotate the key if others may have read it");
        }

        if (new FileInfo(path).Length > MaximumBytes)
            return new Refusal.Invalid(null, $"key file {path} is larger than any key", "put a private key in OpenSSH's format there");
        byte[] text = File.ReadAllBytes(path);
        try
        {
            return OpenSshPrivateKey.Parse(text);
        }
        catch (SshFormatException error)
        {
            return new Refusal.Invalid(null, $"key file {path}: {error.Message}", "make it with: ssh-keygen -t ecdsa -b 256 -N '' -f FILE");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(text);
        }
    }

    /// <summary>Writes beside the place and renames, so that a crash leaves a whole key or none.</summary>
    private static void Write(string path, byte[] text)
    {
        string draft = $"{path}.new";
        File.Delete(draft);
        try
        {
            var options = new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                UnixCreateMode = OwnerOnly,
            };
            using (var file = new FileStream(draft, options))
            {
                file.Write(text);
                file.Flush(flushToDisk: true);
            }

            File.Move(draft, path, overwrite: false);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(text);
        }
    }
}
