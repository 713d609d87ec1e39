namespace SshFunctions.Ssh.Certificates;

/// <summary>Whom a certificate speaks for. Source: draft-miller-ssh-cert, "type".</summary>
public enum CertificateType
{
    /// <summary>A user; principals are names the server maps to logins.</summary>
    User = 1,

    /// <summary>A server; principals are host names.</summary>
    Host = 2,
}
