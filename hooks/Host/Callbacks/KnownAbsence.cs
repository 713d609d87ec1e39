using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Host.Callbacks;

/// <summary>Remembers for some seconds that the broker is away: sshd asks twice for one login, and only the first one waits.</summary>
internal static class KnownAbsence
{
    private static readonly TimeSpan Memory = TimeSpan.FromSeconds(5);

    internal static bool Holds(HostFolders folders) => Files.Exists(folders.BrokerAway) && Files.IsYoung(folders.BrokerAway, Memory);

    internal static void Note(HostFolders folders)
    {
        try
        {
            Ownership.EnsureFolder(folders.RunFolder);
            Files.Write(folders.BrokerAway, "", Files.Private);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CommandFailedException)
        {
            // Then the next call waits as this one did.
        }
    }
}
