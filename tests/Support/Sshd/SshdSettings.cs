namespace SshFunctions.Support.Sshd;

/// <summary>What a <see cref="TestSshd"/> trusts.</summary>
public sealed record SshdSettings
{
    /// <summary>Public keys of the CAs whose user certificates it takes, one per line, as in <c>TrustedUserCAKeys</c>.</summary>
    public required string TrustedUserCaKeys { get; init; }

    /// <summary>The KRL it obeys, as in <c>RevokedKeys</c>; null for none.</summary>
    public ReadOnlyMemory<byte>? RevokedKeys { get; init; }

    /// <summary>Which principals may enter as its login.</summary>
    public SshdPrincipals Principals { get; init; } = SshdPrincipals.LoginItself;

    /// <summary>Makes a host certificate (text) for its new host key (text); null for a plain host key.</summary>
    public Func<string, CancellationToken, Task<string>>? CertifyHostKey { get; init; }

    /// <summary>Within which a login must be over.</summary>
    public TimeSpan LoginGraceTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Further lines of sshd_config, after all others.</summary>
    public string FurtherConfiguration { get; init; } = "";
}
