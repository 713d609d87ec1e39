using SshFunctions.Core.Certificates;

namespace SshFunctions.Core.Rotation;

/// <summary>The times on which a rotation relies.</summary>
public static class RotationBounds
{
    /// <summary>How long an instance may go on with what it knew of the keys before.</summary>
    /// <value>Every instance signs with the new key, and serves the new bundle, at the latest this long after a switch.</value>
    public static TimeSpan LongestUnawareness { get; } = TimeSpan.FromSeconds(5);

    /// <summary>How long after <see cref="SigningKey.LastExpiry"/> a key is trusted still.</summary>
    /// <value>
    /// For clocks of brokers and hosts that differ. An instance that is suspended in the midst of a mint needs none of it: validity is
    /// counted from the reservation, which comes before the keys are read.
    /// </value>
    public static TimeSpan Margin { get; } = TimeSpan.FromHours(1);

    /// <summary>How long what a key signs counts at most, whatever an instance is configured to.</summary>
    /// <param name="purpose">What the key signs.</param>
    /// <returns>For the journal key the time in which every host that runs has fetched a KRL of the new one.</returns>
    public static TimeSpan LongestLifeOf(KeyPurpose purpose) => purpose switch
    {
        KeyPurpose.UserCa => CertificateLimits.LongestMaximumLifetime,
        KeyPurpose.HostCa => HostCertificateProfile.Life,
        _ => TimeSpan.FromDays(7),
    };
}
