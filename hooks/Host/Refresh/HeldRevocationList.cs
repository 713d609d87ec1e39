using System.Text;
using SshFunctions.Ssh.Revocation;

namespace SshFunctions.Hooks.Host.Refresh;

/// <summary>A KRL whose signature was verified.</summary>
/// <param name="Content">The file.</param>
/// <param name="Signature">The armored signature.</param>
/// <param name="List">What it says.</param>
internal sealed record HeldRevocationList(byte[] Content, string Signature, RevocationList List)
{
    internal const string SignatureNamespace = "krl@sshfn";

    /// <summary>A signature as it comes with the list; nothing, which verifies nowhere, for what is no base64.</summary>
    internal static byte[] DecodeSignature(string base64)
    {
        byte[] decoded = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, decoded, out int length) ? decoded[..length] : [];
    }

    /// <summary>Verifies and reads; null, and why, when it must not be put into force.</summary>
    /// <param name="content">The file; sshd takes an empty one for "nothing is revoked", this takes it for nothing.</param>
    /// <param name="signature">The armored signature.</param>
    /// <param name="trust">Whose signature counts.</param>
    /// <param name="floor">No version below this one.</param>
    /// <param name="problem">Why not, for people.</param>
    internal static HeldRevocationList? Verify(byte[] content, byte[] signature, PinnedTrust trust, long floor, out string? problem)
    {
        string armored = Encoding.Latin1.GetString(signature);
        problem = content.Length == 0 ? "it is empty" : trust.ProblemOfSignature(armored, SignatureNamespace, content);
        if (problem is not null)
            return null;
        if (!RevocationList.TryParse(content, out RevocationList? list, out string? reason))
        {
            problem = reason.TrimEnd('.');
            return null;
        }

        if (list.Version > long.MaxValue || (long)list.Version < floor)
        {
            problem = $"its version {list.Version} goes back behind {floor}, which was in force here";
            return null;
        }

        return new HeldRevocationList(content, armored, list);
    }
}
