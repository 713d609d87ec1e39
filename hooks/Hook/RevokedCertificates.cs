using SshFunctions.Api;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Outside;
using SshFunctions.Ssh.Certificates;
using SshFunctions.Ssh.Revocation;

namespace SshFunctions.Hooks.Hook;

/// <summary>Certificates at hand that still hold by the clock, but not by what the broker says.</summary>
internal static class RevokedCertificates
{
    /// <summary>The destinations of certificates on its revocation list; none when the list can't be had.</summary>
    internal static async Task<IReadOnlyList<(string Name, HookDestination Destination)>> FindAsync(
        Folders folders, BrokerClient client, CancellationToken cancellationToken)
    {
        (string Name, HookDestination Destination, SshCertificate Certificate)[] held = [.. Held(folders)];
        if (held.Length == 0 || await ReadListAsync(client, cancellationToken) is not { } list)
            return [];
        return [.. held.Where(one => list.IsRevoked(one.Certificate)).Select(one => (one.Name, one.Destination))];
    }

    /// <summary>The destinations of certificates by a CA that is none of the broker's; none when its CA keys can't be had.</summary>
    internal static async Task<IReadOnlyList<(string Name, HookDestination Destination)>> FindOfOthersAsync(
        Folders folders, BrokerClient client, CancellationToken cancellationToken)
    {
        (string Name, HookDestination Destination, SshCertificate Certificate)[] held = [.. Held(folders)];
        if (held.Length == 0 || await ReadAuthoritiesAsync(client, cancellationToken) is not { } trusted)
            return [];
        return [.. held.Where(one => !trusted.Contains(one.Certificate.CaKey.Fingerprint.ToString())).Select(one => (one.Name, one.Destination))];
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

    // A broker that was restored from a backup does not know the CA keys that came after it.
    private static async Task<string[]?> ReadAuthoritiesAsync(BrokerClient client, CancellationToken cancellationToken)
    {
        try
        {
            BrokerAnswer answer = await client.GetAsync(Routes.TrustBundle, cancellationToken);
            return [.. answer.Read(Contract.Json.TrustBundleResponse).UserCaKeys.Select(key => key.Fingerprint)];
        }
        catch (CommandFailedException)
        {
            return null;
        }
    }
}
