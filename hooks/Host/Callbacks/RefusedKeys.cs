using System.Security.Cryptography;
using System.Text;
using SshFunctions.Hooks.Outside;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.Hooks.Host.Callbacks;

/// <summary>
/// Remembers for some seconds which keys the broker refused for which login: whoever offers the same ones over and over, without proving
/// anything, must not use up what this host may ask. A key that is let in meanwhile waits as long.
/// </summary>
internal static class RefusedKeys
{
    private const int Most = 1000;
    private static readonly TimeSpan Memory = TimeSpan.FromSeconds(10);

    internal static bool Holds(HostFolders folders, string login, SshPublicKey key) => Files.IsYoung(PathOf(folders, login, key), Memory);

    internal static void Note(HostFolders folders, string login, SshPublicKey key)
    {
        try
        {
            Ownership.EnsureFolder(folders.RunFolder);
            Ownership.EnsureFolder(folders.RefusedKeys);
            string[] noted = Files.In(folders.RefusedKeys);
            foreach (string old in noted.Where(path => !Files.IsYoung(path, Memory)))
                Files.Delete(old);
            if (noted.Length < Most)
                Files.Write(PathOf(folders, login, key), "", Files.Private);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CommandFailedException)
        {
            // Then the broker is asked again.
        }
    }

    // A hash: the login comes from outside and is no file name.
    private static string PathOf(HostFolders folders, string login, SshPublicKey key) =>
        $"{folders.RefusedKeys}/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{login}\n{key.Fingerprint}")))}";
}
