using System.Buffers;
using SshFunctions.Ssh.Certificates;

namespace SshFunctions.Hooks.Host;

/// <summary>The principals that a host takes for one account, as lines of an AuthorizedPrincipalsFile; pure and offline.</summary>
/// <remarks>
/// <c>LOGIN@RESOURCE</c> as it is, and <c>limited:LOGIN@RESOURCE</c> for a certificate that names the targets of its forwarding, with those
/// targets, that keeps a reverse tunnel, with its port, or that is good for one connection, where each connection is asked about. sshd intersects options with what the certificate
/// permits, so a line takes back nothing else that it gives, and one without options gives what the certificate permits and no more.
/// Source: sshd(8), "AUTHORIZED_KEYS FILE FORMAT"; draft-miller-ssh-cert, "Extensions".
/// </remarks>
internal static class AcceptedPrincipals
{
    private const int LongestName = 255;
    private const int LongestResourceName = 63;

    private static readonly SearchValues<char> LoginCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_+@");

    private static readonly SearchValues<char> ResourceCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789.-_/");

    /// <summary>The lines for one login.</summary>
    /// <param name="resource">The host's own path, <c>project/environment/resource</c>.</param>
    /// <param name="login">The account that a client wants to enter as.</param>
    /// <param name="certificate">What the client presents, base64 of its wire form.</param>
    /// <param name="takesSingleUse">Whether <c>host session</c> asks the broker about each connection of a single-use certificate.</param>
    /// <returns>The lines; null on any doubt.</returns>
    internal static string? LinesFor(string resource, string login, string certificate, bool takesSingleUse = false)
    {
        if (!IsResource(resource) || !IsLogin(login))
            return null;
        byte[] wire = new byte[certificate.Length];
        if (!Convert.TryFromBase64String(certificate, wire, out int length)
            || !SshCertificate.TryFromWire(wire.AsMemory(0, length), out SshCertificate? presented, out _))
            return null;
        bool isSingleUse = Find(presented, LimitedPrincipal.SingleUseOption) is not null;
        if (isSingleUse && !takesSingleUse)
            return null;
        if (Find(presented, LimitedPrincipal.ListenPortOption) is { } listen)
            return SessionLimits.ListenOnlyOn(listen.TryGetValue(out string? port) ? port : "") is { } alone ? $"restrict,{alone} {LimitedPrincipal.Of(login, resource)}\n" : null;
        CertificateOption? targets = Find(presented, LimitedPrincipal.ForwardTargetsOption);
        if (targets is null)
            return isSingleUse ? $"{LimitedPrincipal.Of(login, resource)}\n" : $"{login}@{resource}\n";
        return LimitsOf(targets) is { } limits ? $"{limits} {LimitedPrincipal.Of(login, resource)}\n" : null;
    }

    /// <summary>Whether a text is the path of a resource.</summary>
    internal static bool IsResource(string text) =>
        IsName(text, ResourceCharacters) && text.Split('/') is { Length: 3 } names && names.All(IsResourceName);

    /// <summary>Whether a text can be the name of an account that is reached through the broker.</summary>
    internal static bool IsLogin(string text) => IsName(text, LoginCharacters);

    // As the broker names resources: what begins or ends with a dot is no name, and two dots inside one are.
    private static bool IsResourceName(string name) =>
        name.Length is > 0 and <= LongestResourceName && char.IsAsciiLetterOrDigit(name[0]) && char.IsAsciiLetterOrDigit(name[^1]);

    private static CertificateOption? Find(SshCertificate certificate, string name) =>
        certificate.Content.Extensions.FirstOrDefault(option => option.Name == name);

    private static string? LimitsOf(CertificateOption option) =>
        option.TryGetValue(out string? text) && SessionLimits.ForwardOnlyTo(text.Split(',')) is { } forwarding
            ? $"restrict,pty,agent-forwarding,X11-forwarding,user-rc,{forwarding}"
            : null;

    private static bool IsName(string text, SearchValues<char> allowed) =>
        text.Length is > 0 and <= LongestName && !text.AsSpan().ContainsAnyExcept(allowed);
}
