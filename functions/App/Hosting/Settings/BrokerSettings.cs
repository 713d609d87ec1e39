using System.Collections.Immutable;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Policy;

namespace SshFunctions.App.Hosting.Settings;

/// <summary>Every setting of the broker. A new one is a field here, a place in <see cref="All"/> and a member of its profile.</summary>
internal static partial class BrokerSettings
{
    public static readonly Setting<string> Data = new(
        "data", "DIR", "Folder of the broker's store and keys; required, save with --store tables", "/var/lib/sshfn", SettingParsers.Path);

    public static readonly Setting<string> Config = new(
        "config", "FILE", "JSON file of settings, weaker than environment and command line", "/etc/sshfn/broker.json", SettingParsers.Path);

    public static readonly Setting<ListenAddress> Listen = new(
        "listen", "URL", "Address to serve on; repeatable; default http://127.0.0.1:8022", "http://127.0.0.1:8022", ListenAddress.Parse)
    {
        Repeatable = true,
    };

    public static readonly Setting<string> TlsCertificate = new(
        "tls-certificate", "FILE", "PEM certificate, leaf first, for https addresses; read again when it changes", "/etc/sshfn/tls.crt", SettingParsers.Path);

    public static readonly Setting<string> TlsKey = new(
        "tls-key", "FILE", "PEM private key of --tls-certificate", "/etc/sshfn/tls.key", SettingParsers.Path);

    public static readonly Setting<bool> AllowPlainHttpOnTheNetwork = new(
        "allow-plain-http-on-the-network", null, "Serve http on addresses that others can reach: tokens travel in the clear", null, SettingParsers.Flag);

    public static readonly Setting<bool> NewAdminToken = new(
        "new-admin-token", null, "Write a new admin's token to DATA/bootstrap-token at this start, when every other is lost", null, SettingParsers.Flag);

    public static readonly Setting<Uri> PublicUrl = new(
        "public-url", "URL", "Address under which clients reach the broker", "https://ssh.example.com", SettingParsers.HttpUrl);

    public static readonly Setting<SourceRange> TrustedProxy = new(
        "trusted-proxy", "CIDR", "Proxies whose word on a client's address is taken; repeatable; default none", "127.0.0.1/32", SettingParsers.Range)
    {
        Repeatable = true,
    };

    public static readonly Setting<string> ClientAddressHeader = new(
        "client-address-header", "NAME", "Header in which --trusted-proxy says it; default X-Forwarded-For", "X-Forwarded-For", SettingParsers.HeaderName);

    public static readonly Setting<string> SshHostPattern = new(
        "ssh-host-pattern", "PATTERN", "Pattern under which resources lie, so that clients know new ones at once; repeatable", "*.example.com", SettingParsers.HostPattern)
    {
        Repeatable = true,
    };

    public static readonly Setting<Uri> OtlpEndpoint = new(
        "otlp-endpoint", "URL", "Send traces and metrics to this OTLP http/protobuf collector", "http://127.0.0.1:4318", SettingParsers.HttpUrl);

    public static readonly Setting<string> Identities = new(
        "identities", "FILE", "JSON file of the OpenID Connect issuers whose tokens are taken, or its text", "/etc/sshfn/identities.json", SettingParsers.PathOrJson);

    public static readonly Setting<string> Outbound = new(
        "outbound", "FILE", "JSON file of where the journal is forwarded to and who is notified, or its text", "/etc/sshfn/outbound.json", SettingParsers.PathOrJson);

    public static readonly Setting<string> Tickets = new(
        "tickets", "FILE", "JSON file of the ticket systems that open access requests, or its text", "/etc/sshfn/tickets.json", SettingParsers.PathOrJson);

    public static readonly Setting<int> MaximumCertificateSeconds = new(
        "maximum-certificate-seconds", "COUNT", "Longest life of a user certificate; default 900", "900", SettingParsers.WholeNumber(30, 86_400));

    public static readonly Setting<int> MaximumBodyBytes = new(
        "maximum-body-bytes", "COUNT", "Largest request body; default 65536", "65536", SettingParsers.WholeNumber(1024, 16 * 1024 * 1024));

    public static readonly Setting<int> RequestsPerMinutePerAddress = new(
        "requests-per-minute-per-address", "COUNT", "Rate limit before authentication; default 3000", "3000", SettingParsers.WholeNumber(1, 100_000_000));

    public static readonly Setting<int> FailedAuthenticationsPerMinutePerAddress = new(
        "failed-authentications-per-minute-per-address", "COUNT", "Rate limit of wrong credentials; default 30", "30", SettingParsers.WholeNumber(1, 1_000_000));

    public static readonly Setting<int> RequestsPerMinutePerCaller = new(
        "requests-per-minute-per-caller", "COUNT", "Rate limit after authentication; default 1200", "1200", SettingParsers.WholeNumber(1, 100_000_000));

    public static readonly Setting<int> ListReadsPerMinutePerAddress = new(
        "list-reads-per-minute-per-address", "COUNT", "Rate limit of readings of the revocation list, two by each host after a change; default 30000", "30000",
        SettingParsers.WholeNumber(1, 100_000_000));

    public static readonly Setting<int> PasscodesPerMinutePerCaller = new(
        "passcodes-per-minute-per-caller", "COUNT", "Rate limit of passcodes that one caller asks for; default 20", "20", SettingParsers.WholeNumber(1, 100_000_000));

    public static readonly Setting<int> JournalRetentionDays = new(
        "journal-retention-days", "COUNT", "Remove journal segments that ended so long ago and are sealed; default: keep for ever. Save them before: sshfn audit export",
        "400", SettingParsers.WholeNumber((int)JournalRetention.MinimumKeep.TotalDays, 36_500));

    public static ImmutableArray<Setting> All => Listed.All;

    private static ImmutableArray<Setting> List() =>
    [
        Data,
        Config,
        Listen,
        TlsCertificate,
        TlsKey,
        AllowPlainHttpOnTheNetwork,
        NewAdminToken,
        PublicUrl,
        TrustedProxy,
        ClientAddressHeader,
        SshHostPattern,
        OtlpEndpoint,
        Identities,
        Outbound,
        Tickets,
        Store,
        TablesUrl,
        QueuesUrl,
        StorageKeyFile,
        AzureIdentity,
        UserCa,
        HostCa,
        JournalKey,
        AdminTokenHash,
        JournalRetentionDays,
        RotateUserCaDays,
        RotateHostCaDays,
        RotateJournalKeyDays,
        RotationSharePercent,
        RotationSilentDays,
        RotationCutsOffSilentHosts,
        RotationHostCaNoticeDays,
        RotationHandHostsHours,
        MaximumCertificateSeconds,
        MaximumBodyBytes,
        RequestsPerMinutePerAddress,
        FailedAuthenticationsPerMinutePerAddress,
        RequestsPerMinutePerCaller,
        ListReadsPerMinutePerAddress,
        PasscodesPerMinutePerCaller,
    ];

    // Made when it is asked for: fields of the other files may be initialized after those of this one.
    private static class Listed
    {
        public static readonly ImmutableArray<Setting> All = List();
    }

    public static Setting? Find(string name) => All.FirstOrDefault(setting => setting.Name == name);
}
