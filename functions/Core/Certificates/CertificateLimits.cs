namespace SshFunctions.Core.Certificates;

/// <summary>Bounds of every certificate that this broker mints, whatever grants and resources say.</summary>
/// <param name="MaximumLifetime">Longest life, counted from now.</param>
public sealed record CertificateLimits(TimeSpan MaximumLifetime)
{
    /// <summary>Longest life where the operator sets none.</summary>
    public static TimeSpan DefaultMaximumLifetime { get; } = TimeSpan.FromMinutes(15);

    /// <summary>Longest life that an operator may set: a working day with its night.</summary>
    public static TimeSpan LongestMaximumLifetime { get; } = TimeSpan.FromHours(24);

    /// <summary>Shortest life: below it a slow key exchange would outlive the certificate.</summary>
    public static TimeSpan MinimumLifetime { get; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest life of a certificate for single use: it is for the connection that is made now.</summary>
    public static TimeSpan MaximumSingleUseLifetime { get; } = TimeSpan.FromSeconds(120);

    /// <summary>How far back <c>valid after</c> is set, for hosts whose clock is behind.</summary>
    public static TimeSpan Backdate { get; } = TimeSpan.FromSeconds(60);

    /// <summary>Certificates count in whole seconds.</summary>
    internal static DateTimeOffset WholeSeconds(DateTimeOffset time) => DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());
}
