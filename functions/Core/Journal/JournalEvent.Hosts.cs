using System.Collections.Immutable;
using SshFunctions.Core.Hosts;
using SshFunctions.Core.Resources;

namespace SshFunctions.Core.Journal;

public abstract partial record JournalEvent
{
    /// <summary>A token was made that enrolls one host.</summary>
    /// <param name="Id">Public half of the token.</param>
    /// <param name="Resource">What the host becomes.</param>
    /// <param name="Instance">Which numbered instance; null for the resource as a whole.</param>
    /// <param name="Expires">UTC, exclusive.</param>
    public sealed record EnrollmentTokenCreated(string Id, ResourcePath Resource, int? Instance, DateTimeOffset Expires) : JournalEvent
    {
        private protected override ResourcePath? Place => Resource;
    }

    /// <summary>A token that enrolls one host was removed.</summary>
    /// <param name="Id">Public half of the token.</param>
    /// <param name="Resource">What the host would have become.</param>
    public sealed record EnrollmentTokenRemoved(string Id, ResourcePath Resource) : JournalEvent
    {
        private protected override ResourcePath? Place => Resource;
    }

    /// <summary>A host was enrolled and got its access token.</summary>
    /// <param name="Host">Which.</param>
    /// <param name="Resource">What it is.</param>
    /// <param name="Instance">Which numbered instance; null for the resource as a whole.</param>
    /// <param name="Name">What the machine calls itself; null for nothing.</param>
    /// <param name="HostKeys">Fingerprints of its host keys.</param>
    /// <param name="SshdVersion">For example <c>9.2</c>.</param>
    /// <param name="EnrolledBy">Who made the enrollment token, or the machine identity.</param>
    /// <param name="EnrollmentToken">Public half of the token; null for a machine identity.</param>
    public sealed record HostEnrolled(
        HostId Host,
        ResourcePath Resource,
        int? Instance,
        string? Name,
        ImmutableArray<string> HostKeys,
        string SshdVersion,
        string EnrolledBy,
        string? EnrollmentToken) : JournalEvent
    {
        private protected override ResourcePath? Place => Resource;
    }

    /// <summary>A host is enrolled no more; its access tokens are removed.</summary>
    /// <param name="Host">Which.</param>
    /// <param name="Resource">What it was.</param>
    public sealed record HostRemoved(HostId Host, ResourcePath Resource) : JournalEvent
    {
        private protected override ResourcePath? Place => Resource;
    }

    /// <summary>A host told of something that an operator must look at.</summary>
    /// <param name="Host">Which.</param>
    /// <param name="Resource">What it is.</param>
    /// <param name="Alarm">The host's name for it; told once.</param>
    /// <param name="AlarmKind">What it is about.</param>
    /// <param name="Detail">What happened, in the host's words.</param>
    /// <param name="HostTime">UTC, the host's clock.</param>
    public sealed record HostAlarm(HostId Host, ResourcePath Resource, string Alarm, string AlarmKind, string Detail, DateTimeOffset HostTime) : JournalEvent
    {
        private protected override ResourcePath? Place => Resource;
    }

    /// <summary>A host certificate was signed; its serial is this entry's.</summary>
    /// <param name="Host">Whose.</param>
    /// <param name="Resource">What the host is.</param>
    /// <param name="Instance">Which numbered instance; null for the resource as a whole.</param>
    /// <param name="KeyId">The host's subject.</param>
    /// <param name="Principals">Names and addresses.</param>
    /// <param name="SubjectKey">Fingerprint of the host key.</param>
    /// <param name="CaKey">Fingerprint of the host CA key.</param>
    /// <param name="ValidAfter">UTC, inclusive.</param>
    /// <param name="ValidBefore">UTC, exclusive.</param>
    public sealed record HostCertificateIssued(
        HostId Host,
        ResourcePath Resource,
        int? Instance,
        string KeyId,
        ImmutableArray<string> Principals,
        string SubjectKey,
        string CaKey,
        DateTimeOffset ValidAfter,
        DateTimeOffset ValidBefore) : JournalEvent
    {
        private protected override ResourcePath? Place => Resource;
    }

    /// <summary>A host asked for a certificate and was refused.</summary>
    /// <param name="Host">Which.</param>
    /// <param name="Resource">What it is.</param>
    /// <param name="SubjectKey">Fingerprint of the key.</param>
    /// <param name="Reason">Why.</param>
    public sealed record HostCertificateRefused(HostId Host, ResourcePath Resource, string SubjectKey, string Reason) : JournalEvent
    {
        private protected override ResourcePath? Place => Resource;
    }
}
