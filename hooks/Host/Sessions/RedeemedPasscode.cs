using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Host.Sessions;

/// <summary>Which passcode opened a connection: left by the password prompt for the session that follows.</summary>
/// <param name="Serial">Of the passcode.</param>
/// <param name="Subject">Who minted it.</param>
/// <param name="Login">Unix account that it opened.</param>
internal sealed record RedeemedPasscode(ulong Serial, string Subject, string Login)
{
    private const int LargestBytes = 4096;

    // sshd's LoginGraceTime is two minutes; a client's address and port come around again later than this.
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    /// <summary>Fails when nothing could be written.</summary>
    internal static void RequireRoom(HostFolders folders)
    {
        Ownership.EnsureFolder(folders.RunFolder);
        Ownership.EnsureFolder(folders.Redeemed);
        string probe = folders.Redeemed + "/.room";
        Files.Write(probe, new string('0', LargestBytes), Files.Private);
        Files.Delete(probe);
    }

    internal static void Write(HostFolders folders, string connection, RedeemedPasscode passcode) =>
        Files.Write(PathOf(folders, connection), JsonSerializer.SerializeToUtf8Bytes(passcode, HostJson.Default.RedeemedPasscode), Files.Private);

    /// <summary>Takes what a connection left; null when it left nothing for the login, or long ago.</summary>
    internal static RedeemedPasscode? Take(HostFolders folders, string connection, string login)
    {
        string path = PathOf(folders, connection);
        if (!Files.Exists(path) || !Files.IsYoung(path, Life))
            return null;
        try
        {
            RedeemedPasscode? passcode = JsonSerializer.Deserialize(InputFile.Read(path, LargestBytes), HostJson.Default.RedeemedPasscode);
            return passcode?.Login == login ? passcode : null;
        }
        catch (JsonException)
        {
            return null;
        }
        finally
        {
            Files.Delete(path);
        }
    }

    /// <summary>Removes what no session took.</summary>
    internal static void Sweep(HostFolders folders)
    {
        foreach (string path in Files.In(folders.Redeemed).Where(path => !Files.IsYoung(path, Life)))
            Files.Delete(path);
    }

    // The connection's hash: its text comes from outside and is no file name.
    private static string PathOf(HostFolders folders, string connection) =>
        $"{folders.Redeemed}/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(connection)))}";
}
