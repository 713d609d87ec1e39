using System.Globalization;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Hook;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Doctor;

/// <summary>Whether a certificate at hand is on the broker's revocation list; says nothing when the list can't be had.</summary>
internal static class RevocationChecks
{
    internal static async Task<IReadOnlyList<Finding>> RunAsync(Folders folders, CancellationToken cancellationToken)
    {
        // Broker and credentials have findings of their own.
        if (FindCredentials(folders) is not { } credentials)
            return [];
        using BrokerClient client = new(credentials.Broker, credentials.Token);
        return
        [
            .. (await RevokedCertificates.FindAsync(folders, client, cancellationToken)).Select(found => Bad(found, "is revoked; servers refuse it")),
            .. (await RevokedCertificates.FindOfOthersAsync(folders, client, cancellationToken)).Select(found => Bad(
                found, $"is by a CA that is none of {credentials.Broker.GetLeftPart(UriPartial.Authority)}; its servers refuse it")),
        ];
    }

    private static Credentials? FindCredentials(Folders folders)
    {
        try
        {
            return new CredentialStore(folders).Find();
        }
        catch (CommandFailedException)
        {
            return null;
        }
    }

    private static Finding Bad((string Name, HookDestination Destination) found, string what) => Finding.Fail(
        $"the certificate for {found.Name} {what}",
        string.Create(
            CultureInfo.InvariantCulture,
            $"sshfn cert --renew {found.Destination.Host} {found.Destination.Port} {found.Destination.Login}; if that is refused, ask a manager for access"));
}
