using SshFunctions.Api;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Host.Refresh;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Host.Enroll;

/// <summary>Whom the broker says to trust and whom not, fetched for the first time: from here on its journal key is pinned.</summary>
/// <param name="Trust">The bundle.</param>
/// <param name="Revoked">The KRL, signed by the bundle's journal key.</param>
internal sealed record FetchedTrust(PinnedTrust Trust, HeldRevocationList Revoked)
{
    // From a broker of before they came together, the list and its signature are two requests: a revocation may come in between.
    private const int MostAttempts = 5;

    internal static async Task<FetchedTrust> FetchAsync(BrokerClient client, CancellationToken cancellationToken)
    {
        TrustBundleResponse bundle = (await client.GetAsync(Routes.TrustBundle, cancellationToken)).Read(Contract.Json.TrustBundleResponse);
        PinnedTrust trust = PinnedTrust.TryParse(bundle, out string fault) ?? throw Wrong("trust bundle", fault);
        for (int attempt = 1; ; attempt++)
        {
            TaggedAnswer list = await client.GetIfChangedAsync(Routes.RevocationList, null, cancellationToken);
            byte[] signature = list.Signature is { } together
                ? HeldRevocationList.DecodeSignature(together)
                : (await client.GetAsync(Routes.RevocationListSignature, cancellationToken)).Content.ToArray();
            if (HeldRevocationList.Verify(list.Content ?? [], signature, trust, floor: 0, out string? problem) is { } held)
                return new(trust, held);
            if (attempt == MostAttempts)
                throw Wrong("revocation list", problem!);
        }
    }

    /// <summary>Writes what sshd reads and what refresh goes by. Before anything names these files: sshd refuses everybody without a KRL.</summary>
    internal void Write(HostFolders folders)
    {
        Files.Write(folders.UserCaKeys, Trust.UserCaText, Files.Readable);
        Files.Write(folders.RevocationListSignature, Revoked.Signature, Files.Readable);
        Files.Write(folders.RevocationListCopy, Revoked.Content, Files.Readable);
        Files.Write(folders.RevocationList, Revoked.Content, Files.Readable);
        Files.Write(folders.TrustBundle, PinnedTrust.ToFile(Trust.Bundle), Files.Readable);
    }

    private static CommandFailedException Wrong(string what, string why) =>
        new(ExitCode.Failed, $"the broker's {what} was refused: {why}", "is the address a broker's?");
}
