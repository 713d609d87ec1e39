using System.Collections.Immutable;
using SshFunctions.Core.Hosts;

namespace SshFunctions.Core.Revocations;

/// <summary>What the revocation of a host takes back beside its name.</summary>
/// <param name="Keys">Host keys that no client may take any more, OpenSSH text form: those that no other enrolled host has too.</param>
/// <param name="Certificates">Its certificates that had not expired.</param>
public sealed record RevokedHost(ImmutableArray<string> Keys, ImmutableArray<HostCertificateStamp> Certificates);
