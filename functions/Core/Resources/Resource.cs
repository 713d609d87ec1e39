using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace SshFunctions.Core.Resources;

/// <summary>A server, an app with numbered instances, or a git host.</summary>
/// <param name="Path">Depth 3.</param>
/// <param name="Hosts">Where it is reached, 1 to <see cref="ResourceTree.MaximumHostCount"/>; no other resource is reached there.</param>
/// <param name="Logins">Unix accounts that grants may allow, 1 to <see cref="ResourceTree.MaximumLoginCount"/>.</param>
/// <param name="Profile">What its certificates hold.</param>
/// <param name="Description">Free text, at most <see cref="ResourceTree.MaximumDescriptionLength"/> characters.</param>
/// <param name="SshSwitch">Off: nobody enters.</param>
/// <param name="MaximumLifetime">Longest life of a certificate for it; null for the broker's own maximum.</param>
public sealed record Resource(
    ResourcePath Path,
    ImmutableArray<ResourceHost> Hosts,
    ImmutableArray<LoginRule> Logins,
    CertificateProfileName Profile,
    string Description,
    SshSwitch SshSwitch,
    TimeSpan? MaximumLifetime)
{
    /// <summary>Who changed <see cref="SshSwitch"/> last; null when nobody did since it was made. Kept by <see cref="ResourceTree"/>, whatever a put says.</summary>
    public SwitchChange? Switched { get; init; }

    /// <summary>What port forwarding may reach; empty for whatever a grant allows. At most <see cref="NamedService.MaximumCount"/>.</summary>
    public ImmutableArray<NamedService> Services { get; init; } = [];

    /// <summary>The resource that connections go through; null for none.</summary>
    public ResourcePath? Jump { get; init; }

    /// <summary>The reverse tunnel that connections go through; null for none, and never together with <see cref="Jump"/>.</summary>
    public ReverseTunnel? Tunnel { get; init; }

    /// <summary>The resource that connections go through, one way or the other; null for none.</summary>
    [JsonIgnore]
    public ResourcePath? Through => Jump ?? Tunnel?.Bastion;

    /// <summary>What a login without a command runs; null for the account's shell.</summary>
    public ForcedCommand? LoginCommand { get; init; }

    /// <summary>Whether certificates force <see cref="LoginCommand"/>, whatever the client asks for.</summary>
    public bool ForceLoginCommand { get; init; }

    /// <summary>The account on a git host; of no meaning for an sshd.</summary>
    public AccountTemplate Account { get; init; }

    /// <summary>What stands for a resource that is not there, towards who may not know that: without logins and switched off, so that nothing is ever given on it.</summary>
    /// <param name="path">Where it is not.</param>
    /// <returns>The resource; it is never stored.</returns>
    public static Resource Absent(ResourcePath path) => new(path, [], [], CertificateProfileName.Sshd, "", SshSwitch.Disabled, null);
}
