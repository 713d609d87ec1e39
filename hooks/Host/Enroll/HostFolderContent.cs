using SshFunctions.Hooks.Host.Tunnel;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Host.Enroll;

/// <summary>The host's own folders, which are made by enrolling and go with it.</summary>
internal static class HostFolderContent
{
    private static readonly string[] Endings = [".pub", ".new", "-new"];

    /// <summary>Refuses a folder that serves something else: it will be removed one day.</summary>
    internal static void RequireOurs(HostFolders folders)
    {
        if (Strangers(folders) is [var stranger, ..])
            throw new CommandFailedException(ExitCode.Failed, $"{folders.Folder} holds {stranger}, which is not sshfn's", "--folder names a folder for sshfn alone");
        if (FileFacts.Of(folders.Folder) is not null)
            Ownership.RequireUnchangeable(folders.Folder, folder: true);
    }

    /// <summary>Removes what is ours, and the folder when that was all.</summary>
    internal static void Remove(HostFolders folders)
    {
        // First: agent and tunnel go by it, and end.
        Files.Delete(folders.Settings);
        RemoveTunnel(folders);
        string[] strangers = Strangers(folders);
        Files.DeleteFolder(folders.Backup);
        foreach (string file in Files.In(folders.Folder).Where(file => !strangers.Contains(Path.GetFileName(file))))
            Files.Delete(file);
        SystemFolder.RemoveEmpty(folders.Folder);
        foreach (string folder in new[] { folders.Sessions, folders.Spool, folders.Redeemed })
            Files.DeleteFolder(folder);
        foreach (string file in new[] { folders.BrokerAway, folders.EnrollLock, folders.TunnelLock })
            Files.Delete(file);
        SystemFolder.RemoveEmpty(folders.RunFolder);
    }

    /// <summary>Ends the tunnel's ssh and removes its key and certificate.</summary>
    internal static void RemoveTunnel(HostFolders folders)
    {
        TunnelProcess.End(folders);
        foreach (string file in new[] { folders.TunnelKey, folders.TunnelKey + ".pub", folders.TunnelCertificate, folders.TunnelKnownHosts, folders.TunnelRoute })
            Files.Delete(file);
    }

    private static string[] Strangers(HostFolders folders)
    {
        string[] known =
        [
            folders.Settings, folders.Token, folders.TrustBundle, folders.UserCaKeys, folders.RevocationList, folders.RevocationListSignature,
            folders.RevocationListCopy, folders.AuthorizedKeys, folders.State, folders.Backup, folders.Lock,
            folders.TunnelKey, folders.TunnelKnownHosts, folders.TunnelRoute,
        ];
        return [.. Files.In(folders.Folder).Concat(Files.FolderNames(folders.Folder).Select(name => $"{folders.Folder}/{name}"))
            .Where(path => !known.Contains(path) && !Endings.Any(ending => path.EndsWith(ending, StringComparison.Ordinal)))
            .Select(path => Path.GetFileName(path))];
    }
}
