using System.Globalization;
using SshFunctions.Api;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Hook;
using SshFunctions.Hooks.Outside;
using SshFunctions.Ssh.Certificates;
using SshFunctions.Ssh.Revocation;

namespace SshFunctions.Hooks.Doctor;

/// <summary>Whether a certificate at hand is on the broker's revocation list; says nothing when the list can't be had.</summary>
internal static class RevocationChecks
{
    internal static async Task<IReadOnlyList<Finding>> RunAsync(Folders folders, CancellationToken cancellationToken)
    {
        if (await ReadListAsync(folders, cancellationToken) is not { } list)
            return [];
        List<Finding> findings = [];
        foreach (string name in Files.FolderNames(folders.Destinations).Order(StringComparer.Ordinal))
        {
            if (HookDestination.TryParseFolderName(name, out HookDestination destination) && IsRevoked(list, new Generations(folders, name)))
                findings.Add(Revoked(name, destination));
        }

        return findings;
    }

    private static bool IsRevoked(RevocationList list, Generations generations) =>
        generations.CurrentValidity()?.HoldsAt(Clock.Now) == true
        && SshCertificate.TryParse(generations.CurrentCertificate?.TrimEnd() ?? "", out SshCertificate? certificate, out _)
        && list.IsRevoked(certificate);

    private static Finding Revoked(string name, HookDestination destination) => Finding.Fail(
        $"the certificate for {name} is revoked; servers refuse it",
        string.Create(CultureInfo.InvariantCulture, $"sshfn cert --renew {destination.Host} {destination.Port} {destination.Login} once the revocation is lifted"));

    private static async Task<RevocationList?> ReadListAsync(Folders folders, CancellationToken cancellationToken)
    {
        try
        {
            if (new CredentialStore(folders).Find() is not { } credentials)
                return null;
            using BrokerClient client = new(credentials.Broker, credentials.Token);
            BrokerAnswer answer = await client.GetAsync(Routes.RevocationList, cancellationToken);
            return RevocationList.TryParse(answer.Content.Span, out RevocationList? list, out _) ? list : null;
        }
        catch (CommandFailedException)
        {
            // Broker and credentials have findings of their own.
            return null;
        }
    }
}
