using System.Collections.Immutable;
using SshFunctions.Core.Hosts;
using SshFunctions.Core.Resources;

namespace SshFunctions.Core.Revocations;

/// <summary>What the revocation of a host takes back beside its name.</summary>
/// <param name="Keys">Host keys that no client may take any more, OpenSSH text form: those that no other enrolled host has too.</param>
/// <param name="Certificates">Its certificates that had not expired.</param>
public sealed record RevokedHost(ImmutableArray<string> Keys, ImmutableArray<HostCertificateStamp> Certificates)
{
    /// <summary>The resource that the host was; null where a broker wrote that did not note it.</summary>
    public ResourcePath? Resource { get; init; }

    /// <summary>
    /// Its other host keys, OpenSSH text form: another host of the resource has each of them too, and with the last of those it comes to
    /// <see cref="Keys"/>. Null for none.
    /// </summary>
    public ImmutableArray<string>? Spared { get; init; }
}
