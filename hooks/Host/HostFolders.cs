namespace SshFunctions.Hooks.Host;

/// <summary>Where a host keeps its files: the only place that knows their names.</summary>
/// <param name="Folder">What outlives a boot: settings, token, what the broker told. Root's, mode 0755, so that sshd's helpers may look.</param>
/// <param name="RunFolder">What a boot may forget: live sessions and what is yet to be told. Root's, mode 0700.</param>
internal sealed record HostFolders(string Folder, string RunFolder)
{
    internal const string DefaultFolder = "/etc/sshfn";
    internal const string DefaultRunFolder = "/run/sshfn";

    internal static HostFolders Default { get; } = new(DefaultFolder, DefaultRunFolder);

    /// <summary><see cref="HostSettings"/>; mode 0644.</summary>
    internal string Settings => Folder + "/host.json";

    /// <summary>The host's access token and nothing else; mode 0600.</summary>
    internal string Token => Folder + "/token";

    /// <summary>The trust bundle in force, as the broker sent it; its journal key is pinned by it.</summary>
    internal string TrustBundle => Folder + "/trust.json";

    /// <summary>sshd's TrustedUserCAKeys.</summary>
    internal string UserCaKeys => Folder + "/user_ca.pub";

    /// <summary>sshd's RevokedKeys.</summary>
    internal string RevocationList => Folder + "/krl";

    /// <summary>The journal key's signature over <see cref="RevocationList"/>.</summary>
    internal string RevocationListSignature => Folder + "/krl.sig";

    /// <summary>The same list once more, with its signature: what is restored when the file that sshd reads is damaged.</summary>
    internal string RevocationListCopy => Folder + "/krl.copy";

    /// <summary>The answer of GetAuthorizedKeys, document and signature in one; mode 0600.</summary>
    internal string AuthorizedKeys => Folder + "/authorized_keys.json";

    /// <summary><see cref="AgentState"/>.</summary>
    internal string State => Folder + "/state.json";

    /// <summary>What enroll replaced, to put it back.</summary>
    internal string Backup => Folder + "/backup";

    /// <summary>One file for each live session.</summary>
    internal string Sessions => RunFolder + "/sessions";

    /// <summary>Events and alarms that the broker has not heard of yet.</summary>
    internal string Spool => RunFolder + "/spool";

    /// <summary>Which passcode opened which connection, until its session begins.</summary>
    internal string Redeemed => RunFolder + "/redeemed";

    /// <summary>The reverse tunnel's private key; mode 0600. The public half lies beside it, as <c>.pub</c>.</summary>
    internal string TunnelKey => Folder + "/tunnel_key";

    internal string TunnelCertificate => Folder + "/tunnel_key-cert.pub";

    /// <summary>The host CA keys, for the bastion alone.</summary>
    internal string TunnelKnownHosts => Folder + "/tunnel_known_hosts";

    /// <summary>What the broker last said about the tunnel.</summary>
    internal string TunnelRoute => Folder + "/tunnel.json";

    /// <summary>Held by the one process that keeps the tunnel.</summary>
    internal string TunnelLock => RunFolder + "/tunnel.lock";

    /// <summary>The ssh that holds it open now.</summary>
    internal string TunnelProcess => RunFolder + "/tunnel.pid";

    /// <summary>Held by the one process that refreshes.</summary>
    internal string Lock => Folder + "/agent.lock";

    /// <summary>Held by the one process that enrolls or takes that back.</summary>
    internal string EnrollLock => RunFolder + "/enroll.lock";

    /// <summary>Young while the broker is known to be away, so that the second call of one login does not wait again.</summary>
    internal string BrokerAway => RunFolder + "/broker_away";

    /// <summary>The certificate of a host key, sshd's HostCertificate.</summary>
    /// <param name="publicKey">Path of the host key's <c>.pub</c> file.</param>
    internal string CertificateOf(string publicKey) => $"{Folder}/{Path.GetFileNameWithoutExtension(publicKey)}-cert.pub";
}
