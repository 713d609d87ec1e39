using System.Text;
using SshFunctions.Api;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Outside;
using SshFunctions.Ssh.Keys;
using SshFunctions.Ssh.Revocation;
using SshFunctions.Ssh.Signatures;

namespace SshFunctions.Hooks.Host.Enroll;

/// <summary>Whom the broker says to trust and whom not, fetched for the first time: from here on its journal key is pinned.</summary>
internal sealed class FetchedTrust
{
    private const string SignatureNamespace = "krl@sshfn";

    // The list and its signature are two requests: a revocation may come in between.
    private const int MostAttempts = 5;

    private readonly byte[] _bundleText;
    private readonly byte[] _list;
    private readonly byte[] _signature;

    private FetchedTrust(byte[] bundleText, TrustBundleResponse bundle, byte[] list, byte[] signature, ulong listVersion) =>
        (_bundleText, Bundle, _list, _signature, ListVersion) = (bundleText, bundle, list, signature, listVersion);

    internal TrustBundleResponse Bundle { get; }

    internal ulong ListVersion { get; }

    internal static async Task<FetchedTrust> FetchAsync(BrokerClient client, CancellationToken cancellationToken)
    {
        BrokerAnswer answer = await client.GetAsync(Routes.TrustBundle, cancellationToken);
        TrustBundleResponse bundle = answer.Read(Contract.Json.TrustBundleResponse);
        SshPublicKey[] journal = [.. bundle.JournalKeys.Select(Parse)];
        if (bundle.UserCaKeys.Count == 0 || bundle.HostCaKeys.Count == 0)
            throw Wrong("names no CA keys");
        for (int attempt = 1; ; attempt++)
        {
            byte[] list = (await client.GetAsync(Routes.RevocationList, cancellationToken)).Content.ToArray();
            byte[] signature = (await client.GetAsync(Routes.RevocationListSignature, cancellationToken)).Content.ToArray();
            bool isSigned = SshSig.Verify(Encoding.UTF8.GetString(signature), SignatureNamespace, list, out SshPublicKey? signer, out _)
                && journal.Any(key => key.Equals(signer));
            if (isSigned && RevocationList.TryParse(list, out RevocationList? parsed, out _))
                return new(answer.Content.ToArray(), bundle, list, signature, parsed.Version);
            if (attempt == MostAttempts)
                throw Wrong("sent a revocation list that its journal key did not sign");
        }
    }

    /// <summary>Writes what sshd reads and what refresh goes by. Before anything names these files: sshd refuses everybody without a KRL.</summary>
    internal void Write(HostFolders folders)
    {
        string userCas = string.Concat(Bundle.UserCaKeys.Select(key => Parse(key).ToText() + "\n"));
        Files.Write(folders.UserCaKeys, userCas, Files.Readable);
        Files.Write(folders.RevocationListSignature, _signature, Files.Readable);
        Files.Write(folders.RevocationList, _list, Files.Readable);
        Files.Write(folders.TrustBundle, _bundleText, Files.Readable);
    }

    private static SshPublicKey Parse(CaKey key) =>
        SshPublicKey.TryParse(key.PublicKey, out SshPublicKey? parsed, out _) ? parsed : throw Wrong("names a CA key that is none");

    private static CommandFailedException Wrong(string what) => new(ExitCode.Failed, $"the broker {what}", "is the address a broker's?");
}
