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
        return [.. (await RevokedCertificates.FindAsync(folders, client, cancellationToken)).Select(found => Revoked(found.Name, found.Destination))];
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

    private static Finding Revoked(string name, HookDestination destination) => Finding.Fail(
        $"the certificate for {name} is revoked, or of a CA that is trusted no more; servers refuse it",
        string.Create(CultureInfo.InvariantCulture, $"sshfn cert --renew {destination.Host} {destination.Port} {destination.Login}; if that is refused, ask a manager for access"));
}
