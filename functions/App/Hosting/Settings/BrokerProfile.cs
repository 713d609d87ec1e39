using System.Collections.Immutable;
using SshFunctions.App.Hosting.OpenId;
using SshFunctions.Core;
using SshFunctions.Core.Callers.OpenId;
using SshFunctions.Core.Certificates;

namespace SshFunctions.App.Hosting.Settings;

/// <summary>The broker's configuration: bound and validated once at start, never changed.</summary>
internal sealed record BrokerProfile
{
    public required string DataDirectory { get; init; }

    public required ImmutableArray<ListenAddress> Listen { get; init; }

    public TlsFiles? Tls { get; init; }

    public bool AllowPlainHttpOnTheNetwork { get; init; }

    public bool NewAdminToken { get; init; }

    public Uri? PublicUrl { get; init; }

    public Uri? OtlpEndpoint { get; init; }

    public OpenIdIssuers Issuers { get; init; } = OpenIdIssuers.None;

    public TimeSpan MaximumCertificateLifetime { get; init; } = CertificateLimits.DefaultMaximumLifetime;

    public int MaximumBodyBytes { get; init; } = 64 * 1024;

    public RateLimitProfile RateLimits { get; init; } = new();

    /// <summary>The addresses that would carry tokens in the clear over a network.</summary>
    public IEnumerable<ListenAddress> PlainHttpOnTheNetwork => Listen.Where(address => !address.Tls && !address.IsLoopback);

    /// <summary>Binds the settings; refuses what contradicts each other.</summary>
    public static Result<BrokerProfile> From(SettingValues values)
    {
        if (!values.Has(BrokerSettings.Data))
            return Missing(BrokerSettings.Data, "it holds the broker's store and keys");

        string? identities = values.Has(BrokerSettings.Identities) ? values.Get(BrokerSettings.Identities, "") : null;
        if (!IdentitiesFile.Read(identities).Try(out OpenIdIssuers? issuers, out Refusal? unreadable))
            return unreadable;

        var profile = new BrokerProfile
        {
            DataDirectory = values.Get(BrokerSettings.Data, ""),
            Listen = values.Has(BrokerSettings.Listen)
                ? [.. values.GetAll(BrokerSettings.Listen)]
                : [BrokerSettings.Listen.Parse("http://127.0.0.1:8022")],
            Tls = values.Has(BrokerSettings.TlsCertificate) && values.Has(BrokerSettings.TlsKey)
                ? new TlsFiles(values.Get(BrokerSettings.TlsCertificate, ""), values.Get(BrokerSettings.TlsKey, ""))
                : null,
            AllowPlainHttpOnTheNetwork = values.Get(BrokerSettings.AllowPlainHttpOnTheNetwork, false),
            NewAdminToken = values.Get(BrokerSettings.NewAdminToken, false),
            PublicUrl = values.Has(BrokerSettings.PublicUrl) ? values.Get(BrokerSettings.PublicUrl, null!) : null,
            OtlpEndpoint = values.Has(BrokerSettings.OtlpEndpoint) ? values.Get(BrokerSettings.OtlpEndpoint, null!) : null,
            Issuers = issuers,
            MaximumCertificateLifetime = TimeSpan.FromSeconds(
                values.Get(BrokerSettings.MaximumCertificateSeconds, (int)CertificateLimits.DefaultMaximumLifetime.TotalSeconds)),
            MaximumBodyBytes = values.Get(BrokerSettings.MaximumBodyBytes, 64 * 1024),
            RateLimits = new RateLimitProfile(
                values.Get(BrokerSettings.RequestsPerMinutePerAddress, 3000),
                values.Get(BrokerSettings.FailedAuthenticationsPerMinutePerAddress, 30),
                values.Get(BrokerSettings.RequestsPerMinutePerCaller, 1200)),
        };
        Refusal? refusal = ContradictionOfTls(values, profile) ?? ExposedPlainHttp(profile);
        return refusal is null ? profile : refusal;
    }

    private static Refusal.Invalid? ContradictionOfTls(SettingValues values, BrokerProfile profile)
    {
        bool certificate = values.Has(BrokerSettings.TlsCertificate);
        if (certificate != values.Has(BrokerSettings.TlsKey))
            return Missing(certificate ? BrokerSettings.TlsKey : BrokerSettings.TlsCertificate, "certificate and key go together");
        bool https = profile.Listen.Any(address => address.Tls);
        if (https && !certificate)
            return Missing(BrokerSettings.TlsCertificate, "--listen has an https address");
        return certificate && !https
            ? new Refusal.Invalid(
                BrokerSettings.TlsCertificate.Name, "--tls-certificate is given, but no --listen address is https", "for example --listen https://*:8443")
            : null;
    }

    private static Refusal.Invalid? ExposedPlainHttp(BrokerProfile profile) =>
        !profile.AllowPlainHttpOnTheNetwork && profile.PlainHttpOnTheNetwork.FirstOrDefault() is { } exposed
            ? new Refusal.Invalid(
                BrokerSettings.Listen.Name,
                $"--listen {exposed.Url} would carry access tokens in the clear over the network",
                "use https:// with --tls-certificate and --tls-key, or a loopback address behind a proxy that ends TLS; "
                + "--allow-plain-http-on-the-network takes the risk")
            : null;

    private static Refusal.Invalid Missing(Setting setting, string why) =>
        new(setting.Name, $"--{setting.Name} is missing: {why}", $"for example {setting.Example}");
}
