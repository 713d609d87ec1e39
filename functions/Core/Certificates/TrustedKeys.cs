using SshFunctions.Ssh.Keys;

namespace SshFunctions.Core.Certificates;

/// <summary>The public keys that hosts and clients trust now.</summary>
/// <param name="Version">Grows with every change of a key.</param>
/// <param name="UserCa">Signs user certificates.</param>
/// <param name="HostCa">Signs host certificates.</param>
/// <param name="Journal">Signs the KRL and checkpoints.</param>
public sealed record TrustedKeys(long Version, SshPublicKey UserCa, SshPublicKey HostCa, SshPublicKey Journal);
