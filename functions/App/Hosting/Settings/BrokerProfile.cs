using System.Collections.Immutable;
using SshFunctions.App.Hosting.OpenId;
using SshFunctions.App.Hosting.Outbound;
using SshFunctions.App.Hosting.Tickets;
using SshFunctions.Azure.Identity;
using SshFunctions.Core;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Callers.OpenId;
using SshFunctions.Core.Certificates;
using SshFunctions.Core.Rotation;
using SshFunctions.Core.Tickets;

namespace SshFunctions.App.Hosting.Settings;

/// <summary>The broker's configuration: bound and validated once at start, never changed.</summary>
internal sealed record BrokerProfile
{
    private const int DefaultPort = 8022;

    /// <summary>Null with <see cref="StoreKind.Tables"/>.</summary>
    public required string? DataDirectory { get; init; }

    /// <summary>Null for a store in the data directory.</summary>
    public StorageProfile? Storage { get; init; }

    public KeyProfile Keys { get; init; } = new(null, null, null);

    public AzureIdentity? AzureIdentity { get; init; }

    public SealedAccessToken? AdminToken { get; init; }

    /// <summary>Who started the broker; null where nobody delivers messages and time but the broker itself.</summary>
    public FunctionsHost? FunctionsHost { get; init; }

    public required ImmutableArray<ListenAddress> Listen { get; init; }

    public TlsFiles? Tls { get; init; }

    public bool AllowPlainHttpOnTheNetwork { get; init; }

    public bool NewAdminToken { get; init; }

    public Uri? PublicUrl { get; init; }

    /// <summary>Whose word on a client's address is taken.</summary>
    public TrustedProxies Proxies { get; init; } = TrustedProxies.None;

    /// <summary>What clients put into their ssh configuration, and trust the host CA for; distinct, in the order given.</summary>
    public ImmutableArray<string> SshHostPatterns { get; init; } = [];

    public Uri? OtlpEndpoint { get; init; }

    public OpenIdIssuers Issuers { get; init; } = OpenIdIssuers.None;

    public OutboundProfile Outbound { get; init; } = OutboundProfile.None;

    /// <summary>Ticket systems whose webhooks are taken.</summary>
    public ImmutableArray<TicketSource> Tickets { get; init; } = [];

    public TimeSpan MaximumCertificateLifetime { get; init; } = CertificateLimits.DefaultMaximumLifetime;

    /// <summary>How long journal segments are kept after their end; null for ever.</summary>
    public TimeSpan? KeepJournal { get; init; }

    public int MaximumBodyBytes { get; init; } = 64 * 1024;

    public RateLimitProfile RateLimits { get; init; } = new();

    public RotationRules Rotation { get; init; } = new();

    /// <summary>The addresses that would carry tokens in the clear over a network.</summary>
    public IEnumerable<ListenAddress> PlainHttpOnTheNetwork => Listen.Where(address => !address.Tls && !address.IsLoopback);

    /// <summary>Binds the settings; refuses what contradicts each other.</summary>
    /// <param name="values">The settings.</param>
    /// <param name="functionsHost">The Functions host that started the broker; null for none.</param>
    public static Result<BrokerProfile> From(SettingValues values, FunctionsHost? functionsHost = null)
    {
        StoreKind store = values.Get(BrokerSettings.Store, functionsHost is null ? StoreKind.Sqlite : StoreKind.Tables);
        StorageProfile? storage = null;
        if (BackendRules.Check(values, store, functionsHost is not null) is { } contradiction) return contradiction;
        if (store == StoreKind.Tables && !StorageProfile.From(values).Try(out storage, out Refusal? refused)) return refused;

        string? identities = values.Has(BrokerSettings.Identities) ? values.Get(BrokerSettings.Identities, "") : null;
        if (!IdentitiesFile.Read(identities).Try(out OpenIdIssuers? issuers, out Refusal? unreadable))
            return unreadable;
        if (!OutboundFile.Read(values.Has(BrokerSettings.Outbound) ? values.Get(BrokerSettings.Outbound, "") : null).Try(out OutboundProfile? outbound, out unreadable))
            return unreadable;
        if (!TicketsFile.Read(values.Has(BrokerSettings.Tickets) ? values.Get(BrokerSettings.Tickets, "") : null).Try(out ImmutableArray<TicketSource> tickets, out unreadable))
            return unreadable;

        var profile = new BrokerProfile
        {
            DataDirectory = values.Has(BrokerSettings.Data) ? values.Get(BrokerSettings.Data, "") : null,
            Storage = storage,
            Keys = KeyProfile.From(values),
            AzureIdentity = values.Has(BrokerSettings.AzureIdentity) ? values.Get(BrokerSettings.AzureIdentity, null!) : null,
            AdminToken = values.Has(BrokerSettings.AdminTokenHash) ? values.Get(BrokerSettings.AdminTokenHash, null!) : null,
            FunctionsHost = functionsHost,
            Listen = values.Has(BrokerSettings.Listen)
                ? [.. values.GetAll(BrokerSettings.Listen)]
                : [BrokerSettings.Listen.Parse($"http://127.0.0.1:{functionsHost?.Port ?? DefaultPort}")],
            Tls = values.Has(BrokerSettings.TlsCertificate) && values.Has(BrokerSettings.TlsKey)
                ? new TlsFiles(values.Get(BrokerSettings.TlsCertificate, ""), values.Get(BrokerSettings.TlsKey, ""))
                : null,
            AllowPlainHttpOnTheNetwork = values.Get(BrokerSettings.AllowPlainHttpOnTheNetwork, false),
            NewAdminToken = values.Get(BrokerSettings.NewAdminToken, false),
            PublicUrl = values.Has(BrokerSettings.PublicUrl) ? values.Get(BrokerSettings.PublicUrl, null!)
                : functionsHost?.PublicName is { } name ? new Uri($"https://{name}")
                : null,
            Proxies = new TrustedProxies([.. values.GetAll(BrokerSettings.TrustedProxy)], values.Get(BrokerSettings.ClientAddressHeader, TrustedProxies.UsualHeader)),
            SshHostPatterns = values.Has(BrokerSettings.SshHostPattern) ? [.. values.GetAll(BrokerSettings.SshHostPattern).Distinct()] : [],
            OtlpEndpoint = values.Has(BrokerSettings.OtlpEndpoint) ? values.Get(BrokerSettings.OtlpEndpoint, null!) : null,
            Issuers = issuers,
            Outbound = outbound,
            Tickets = tickets,
            MaximumCertificateLifetime = TimeSpan.FromSeconds(
                values.Get(BrokerSettings.MaximumCertificateSeconds, (int)CertificateLimits.DefaultMaximumLifetime.TotalSeconds)),
            KeepJournal = values.Has(BrokerSettings.JournalRetentionDays) ? TimeSpan.FromDays(values.Get(BrokerSettings.JournalRetentionDays, 0)) : null,
            MaximumBodyBytes = values.Get(BrokerSettings.MaximumBodyBytes, 64 * 1024),
            Rotation = BrokerSettings.RotationFrom(values),
            RateLimits = new RateLimitProfile(
                values.Get(BrokerSettings.RequestsPerMinutePerAddress, 3000),
                values.Get(BrokerSettings.FailedAuthenticationsPerMinutePerAddress, 30),
                values.Get(BrokerSettings.RequestsPerMinutePerCaller, 1200),
                PasscodesPerMinutePerCaller: values.Get(BrokerSettings.PasscodesPerMinutePerCaller, 20),
                ListReadsPerMinutePerAddress: values.Get(BrokerSettings.ListReadsPerMinutePerAddress, 30_000)),
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

    public static Refusal.Invalid Missing(Setting setting, string why) =>
        new(setting.Name, $"--{setting.Name} is missing: {why}", $"for example {setting.Example}");
}
