using System.Text;
using System.Text.Json;
using SshFunctions.Api;
using SshFunctions.Hooks.Broker;
using SshFunctions.Ssh.Keys;
using SshFunctions.Ssh.Signatures;

namespace SshFunctions.Hooks.Host.Refresh;

/// <summary>Judges a trust bundle by the journal keys that this host holds.</summary>
/// <remarks>
/// A new journal key is taken from no one but an old one: a bundle counts when a key signed it that is held here, or that a bundle names
/// which such a key signed, and so on. So a host that was away while keys were rotated, even several times, finds its way, and whoever
/// stole a key that was dropped here gets nowhere.
/// </remarks>
internal static class SignedTrust
{
    internal const string SignatureNamespace = "sshfn-trust";

    /// <summary>The bundle; null, and why, when nobody who is trusted here signed it.</summary>
    internal static PinnedTrust? Verify(SignedTrustBundleResponse answer, PinnedTrust held, out string? problem)
    {
        HashSet<string> journal = [.. held.Journal.Select(key => key.ToText())];
        foreach (SignedHandover handover in answer.Handovers)
        {
            if (ProblemOf(handover.Bundle, handover.Signature, journal) is null && Read(handover.Bundle, out _) is { } next)
                journal.UnionWith(next.Journal.Select(key => key.ToText()));
        }

        problem = ProblemOf(answer.Bundle, answer.Signature, journal);
        return problem is null ? Read(answer.Bundle, out problem) : null;
    }

    private static string? ProblemOf(string bundle, string signature, HashSet<string> journal)
    {
        if (signature.Length == 0)
            return "it is not signed";
        if (!SshSig.Verify(signature, SignatureNamespace, Encoding.UTF8.GetBytes(bundle), out SshPublicKey? signer, out string? reason))
            return "its signature does not hold: " + reason.TrimEnd('.');
        return journal.Contains(signer.ToText())
            ? null
            : $"it is signed by {signer.Fingerprint}, which no journal key that is held here hands over to; enroll the host again when it was replaced on purpose";
    }

    private static PinnedTrust? Read(string text, out string? problem)
    {
        problem = "it is no trust bundle";
        try
        {
            return JsonSerializer.Deserialize(text, Contract.Json.TrustBundleResponse) is { } bundle ? PinnedTrust.TryParse(bundle, out problem) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
