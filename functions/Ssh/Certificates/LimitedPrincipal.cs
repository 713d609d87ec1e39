namespace SshFunctions.Ssh.Certificates;

/// <summary>The principal of a certificate that only a host with sshfn can keep to its limits, and the extensions that name them.</summary>
/// <remarks>
/// OpenSSH has no certificate option for the targets of port forwarding or for single use, and it ignores extensions that it does not
/// know. So the limit stands in an extension of ours, and the principal is one that only a host maps which turns that extension into
/// <c>permitopen</c>, or asks before each connection: every other host refuses the certificate. Source: sshd(8), "AUTHORIZED_KEYS FILE FORMAT"; sshd_config(5), AuthorizedPrincipalsCommand.
/// </remarks>
public static class LimitedPrincipal
{
    /// <summary>Extension: <c>host:port</c> of each permitted target, comma between, an IPv6 address in brackets; empty for none.</summary>
    public const string ForwardTargetsOption = "forward-targets@sshfunctions";

    /// <summary>Extension without a value: the certificate serves one connection, which the host has its broker confirm.</summary>
    public const string SingleUseOption = "single-use@sshfunctions";

    /// <summary>Extension: the one port on the server's loopback, in digits, that the certificate may listen on; it opens nothing else.</summary>
    public const string ListenPortOption = "listen-port@sshfunctions";

    private const string Prefix = "limited:";

    /// <summary>The principal for an account on a resource.</summary>
    /// <param name="login">The unix account.</param>
    /// <param name="resource">The resource's path.</param>
    /// <returns><c>limited:login@path</c>.</returns>
    public static string Of(string login, string resource) => $"{Prefix}{login}@{resource}";

    /// <summary>Whether an extension is one of these limits.</summary>
    /// <param name="option">Name of the extension.</param>
    /// <returns>Whether a certificate with it needs the principal.</returns>
    public static bool IsLimit(string option) => option is ForwardTargetsOption or SingleUseOption or ListenPortOption;

    /// <summary>Whether a principal is one of these.</summary>
    /// <param name="principal">The principal.</param>
    /// <returns>Whether only a host takes it that keeps to the extensions above.</returns>
    public static bool IsLimited(string principal)
    {
        ArgumentNullException.ThrowIfNull(principal);
        return principal.StartsWith(Prefix, StringComparison.Ordinal);
    }
}
