using SshFunctions.Azure.Storage;
using SshFunctions.Core;

namespace SshFunctions.App.Hosting.Homes;

/// <summary>The file of a storage account's key: base64 as Azure shows it, readable by its owner alone.</summary>
internal static class StorageKeyFile
{
    private const int MaximumBytes = 1024;
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    public static Result<StorageCredential.SharedKey> Read(string path, Uri tablesUrl)
    {
        try
        {
            if ((File.GetUnixFileMode(path) & Others) != 0) return Wrong(path, "can be read by other users", $"chmod 600 {path}, and renew the key if others may have read it");
            if (new FileInfo(path).Length is 0 or > MaximumBytes) return Wrong(path, "holds no key", "put the account's key there, as Azure shows it");
            return StorageCredential.ForAccount(tablesUrl, File.ReadAllText(path));
        }
        catch (FormatException)
        {
            return Wrong(path, "is not base64", "put the account's key there, as Azure shows it");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return Wrong(path, "can't be read", "check that it exists and that the broker's user may read it");
        }
    }

    private static Refusal.Invalid Wrong(string path, string what, string fix) => new("storage-key-file", $"--storage-key-file {path} {what}", fix);
}
