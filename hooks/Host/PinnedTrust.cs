using System.Text;
using System.Text.Json;
using SshFunctions.Api;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Outside;
using SshFunctions.Ssh.Keys;
using SshFunctions.Ssh.Signatures;

namespace SshFunctions.Hooks.Host;

/// <summary>A trust bundle whose every key was read, and the judge of what the journal key signs.</summary>
internal sealed class PinnedTrust
{
    private const int LargestBytes = 256 * 1024;

    private PinnedTrust(TrustBundleResponse bundle, SshPublicKey[] userCas, SshPublicKey[] hostCas, SshPublicKey[] journal)
    {
        Bundle = bundle;
        UserCas = userCas;
        HostCas = hostCas;
        Journal = journal;
    }

    internal TrustBundleResponse Bundle { get; }

    internal IReadOnlyList<SshPublicKey> UserCas { get; }

    internal IReadOnlyList<SshPublicKey> HostCas { get; }

    internal IReadOnlyList<SshPublicKey> Journal { get; }

    /// <summary>Fingerprint of the host CA key that signs; null where the bundle names none.</summary>
    internal string? ActiveHostCa => Bundle.HostCaKeys.FirstOrDefault(key => key.State == "active")?.Fingerprint;

    /// <summary>What TrustedUserCAKeys is to hold.</summary>
    internal string UserCaText => string.Concat(UserCas.Select(key => key.ToText() + " sshfn-user-ca\n"));

    /// <summary>The bundle in force.</summary>
    internal static PinnedTrust Read(HostFolders folders)
    {
        Ownership.RequireUnchangeable(folders.Folder, folder: true);
        Ownership.RequireUnchangeable(folders.TrustBundle, folder: false);
        try
        {
            TrustBundleResponse? bundle = JsonSerializer.Deserialize(InputFile.Read(folders.TrustBundle, LargestBytes), Contract.Json.TrustBundleResponse);
            return bundle is not null && TryParse(bundle, out string problem) is { } trust ? trust : throw Damaged(folders);
        }
        catch (JsonException)
        {
            throw Damaged(folders);
        }
    }

    /// <summary>Reads every key of a bundle; null, and why, when one is malformed or a kind is missing.</summary>
    internal static PinnedTrust? TryParse(TrustBundleResponse bundle, out string problem)
    {
        problem = "a key in it is malformed, or one of the three kinds is missing";
        return Keys(bundle.UserCaKeys) is { } userCas && Keys(bundle.HostCaKeys) is { } hostCas && Keys(bundle.JournalKeys) is { } journal && bundle.Version >= 0
            ? new PinnedTrust(bundle, userCas, hostCas, journal)
            : null;
    }

    /// <summary>Whether a text is the signature of a pinned journal key over some bytes; else why not, for people.</summary>
    internal string? ProblemOfSignature(string signature, string signatureNamespace, ReadOnlySpan<byte> message)
    {
        if (signature.Length == 0)
            return "it is not signed";
        if (!SshSig.Verify(signature, signatureNamespace, message, out SshPublicKey? signer, out string? reason))
            return "its signature does not hold: " + reason.TrimEnd('.');
        return Journal.Any(key => key.Equals(signer)) ? null : $"it is signed by {signer.Fingerprint}, which is no journal key that is held here";
    }

    internal static byte[] ToFile(TrustBundleResponse bundle) =>
        [.. JsonSerializer.SerializeToUtf8Bytes(bundle, Contract.Json.TrustBundleResponse), .. Encoding.ASCII.GetBytes("\n")];

    private static SshPublicKey[]? Keys(IReadOnlyList<CaKey> texts)
    {
        List<SshPublicKey> keys = [];
        foreach (CaKey? text in texts)
        {
            // The serializer lets a null stand in a list.
            if (!SshPublicKey.TryParse(text?.PublicKey, out SshPublicKey? key, out _))
                return null;
            keys.Add(key);
        }

        return keys.Count > 0 ? [.. keys] : null;
    }

    private static CommandFailedException Damaged(HostFolders folders) =>
        new(ExitCode.Failed, $"{folders.TrustBundle} is damaged", "enroll the host again: sshfn host enroll --help");
}
