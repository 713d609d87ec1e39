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
        (string Name, HookDestination Destination, SshCertificate Certificate)[] held = [.. Held(folders)];
        if (held.Length == 0 || await ReadListAsync(client, cancellationToken) is not { } list)
            return [];
        return [.. held.Where(one => list.IsRevoked(one.Certificate)).Select(one => (one.Name, one.Destination))];
    }

    /// <summary>Lets go of them, so that the next login fetches a certificate under the access that there is now.</summary>
    internal static async Task ForgetAsync(Folders folders, BrokerClient client, CancellationToken cancellationToken)
    {
        foreach ((string name, _) in await FindAsync(folders, client, cancellationToken))
            new Generations(folders, name).Forget();
    }

    private static IEnumerable<(string Name, HookDestination Destination, SshCertificate Certificate)> Held(Folders folders)
    {
        foreach (string name in Files.FolderNames(folders.Destinations).Order(StringComparer.Ordinal))
        {
            Generations generations = new(folders, name);
            if (HookDestination.TryParseFolderName(name, out HookDestination destination)
                && generations.CurrentValidity()?.HoldsAt(Clock.Now) == true
                && SshCertificate.TryParse(generations.CurrentCertificate?.TrimEnd() ?? "", out SshCertificate? certificate, out _))
                yield return (name, destination, certificate);
        }
    }

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
