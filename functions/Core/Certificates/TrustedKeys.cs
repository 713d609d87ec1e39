using SshFunctions.Ssh.Keys;

namespace SshFunctions.Core.Certificates;

/// <summary>The public keys that hosts and clients trust now.</summary>
/// <param name="Version">Grows with every change of a key.</param>
/// <param name="UserCa">Signs user certificates.</param>
/// <param name="HostCa">Signs host certificates.</param>
/// <param name="Journal">Signs the KRL and checkpoints.</param>
public sealed record TrustedKeys(long Version, SshPublicKey UserCa, SshPublicKey HostCa, SshPublicKey Journal)
{
    /// <summary>Whether a fingerprint is one of theirs: nobody registers or revokes such a key as if it were a person's.</summary>
    /// <param name="fingerprint">The fingerprint.</param>
    /// <returns>Whether it is.</returns>
    public bool Names(Fingerprint fingerprint) =>
        UserCa.Fingerprint == fingerprint || HostCa.Fingerprint == fingerprint || Journal.Fingerprint == fingerprint;
}
