using SshFunctions.Api;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Outside;
using SshFunctions.Ssh.Certificates;
using SshFunctions.Ssh.Revocation;

namespace SshFunctions.Hooks.Hook;

/// <summary>Certificates at hand that still hold by the clock, but not by the broker's revocation list.</summary>
internal static class RevokedCertificates
{
    /// <summary>The destinations of such certificates; none when the list can't be had.</summary>
    internal static async Task<IReadOnlyList<(string Name, HookDestination Destination)>> FindAsync(
        Folders folders, BrokerClient client, CancellationToken cancellationToken)
    {
        if (await ReadListAsync(client, cancellationToken) is not { } list)
            return [];
        List<(string, HookDestination)> found = [];
        foreach (string name in Files.FolderNames(folders.Destinations).Order(StringComparer.Ordinal))
        {
            if (HookDestination.TryParseFolderName(name, out HookDestination destination) && IsRevoked(list, new Generations(folders, name)))
                found.Add((name, destination));
        }

        return found;
    }

    /// <summary>Lets go of them, so that the next login fetches a certificate under the access that there is now.</summary>
    internal static async Task ForgetAsync(Folders folders, BrokerClient client, CancellationToken cancellationToken)
    {
        foreach ((string name, _) in await FindAsync(folders, client, cancellationToken))
            new Generations(folders, name).Forget();
    }

    private static bool IsRevoked(RevocationList list, Generations generations) =>
        generations.CurrentValidity()?.HoldsAt(Clock.Now) == true
        && SshCertificate.TryParse(generations.CurrentCertificate?.TrimEnd() ?? "", out SshCertificate? certificate, out _)
        && list.IsRevoked(certificate);

    private static async Task<RevocationList?> ReadListAsync(BrokerClient client, CancellationToken cancellationToken)
    {
        try
        {
            BrokerAnswer answer = await client.GetAsync(Routes.RevocationList, cancellationToken);
            return RevocationList.TryParse(answer.Content.Span, out RevocationList? list, out _) ? list : null;
        }
        catch (CommandFailedException)
        {
            // Whoever asks has something else to say, or asked for something else in the first place.
            return null;
        }
    }
}
