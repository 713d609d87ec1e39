using System.Collections.Immutable;
using SshFunctions.Core.Resources;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.Core.Hosts;

/// <summary>A machine that asks the broker on behalf of its sshd.</summary>
/// <param name="Id">Its identifier.</param>
/// <param name="Resource">The resource that it is.</param>
/// <param name="Instance">Which numbered instance; null for the resource as a whole.</param>
/// <param name="Name">What the machine called itself, for people; null for nothing.</param>
/// <param name="HostKeys">Public host keys, OpenSSH text form without comment.</param>
/// <param name="EnrolledBy">Who made the enrollment token, or the machine identity.</param>
/// <param name="Enrolled">UTC.</param>
public sealed record EnrolledHost(
    HostId Id,
    ResourcePath Resource,
    int? Instance,
    string? Name,
    ImmutableArray<string> HostKeys,
    string EnrolledBy,
    DateTimeOffset Enrolled)
{
    /// <summary>What it last said of itself; null before its first report.</summary>
    public HostState? State { get; init; }

    /// <summary>Its certificates that have not expired, oldest first.</summary>
    public ImmutableArray<HostCertificateStamp> Certificates { get; init; } = [];

    /// <summary>When it last told that it refuses what the broker's keys say; null for never.</summary>
    public TrustRefusal? TrustRefusal { get; init; }

    /// <summary>Whether a key is one that it enrolled with.</summary>
    /// <param name="key">A public key.</param>
    /// <returns>Whether it is.</returns>
    public bool HasKey(SshPublicKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return HostKeys.Contains(key.ToText());
    }
}
