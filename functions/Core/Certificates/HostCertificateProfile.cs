using System.Collections.Immutable;
using SshFunctions.Core.Hosts;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Resources;
using SshFunctions.Ssh.Certificates;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.Core.Certificates;

/// <summary>What the certificate of a host key must hold: whatever clients call the host, and no option.</summary>
public static class HostCertificateProfile
{
    /// <summary>Life of a host certificate. The host renews it in its last third, so it may be away from the broker for ten days.</summary>
    public static TimeSpan Life { get; } = TimeSpan.FromDays(30);

    /// <summary>The names and addresses of a place.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="instance">The instance that the host is; null for the resource as a whole, which answers under all of them.</param>
    /// <returns>
    /// Without ports, which ssh does not compare, and without patterns: ssh before 10.3 takes <c>*.example.com</c> for a name.
    /// Source: sshconnect.c, check_host_cert; release notes of OpenSSH 10.3.
    /// </returns>
    public static ImmutableArray<string> PrincipalsOf(Resource resource, int? instance)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return [.. resource.Hosts
            .Where(host => !host.IsPattern && (instance is null || host.Instance is null || host.Instance == instance))
            .Select(host => host.Name)
            .Distinct()];
    }

    internal static CertificateContent ContentOf(
        EnrolledHost host, SshPublicKey key, ImmutableArray<string> principals, JournalReservation reservation) => new()
        {
            SubjectKey = key,
            Serial = reservation.Position.Serial,
            Type = CertificateType.Host,
            KeyId = host.Id.Subject.Text,
            ValidPrincipals = principals,
            ValidAfter = CertificateLimits.WholeSeconds(reservation.Time - CertificateLimits.Backdate),
            ValidBefore = CertificateLimits.WholeSeconds(reservation.Time + Life),
        };
}
