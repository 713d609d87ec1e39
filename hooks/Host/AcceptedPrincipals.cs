using System.Buffers;
using System.Globalization;
using SshFunctions.Ssh.Certificates;

namespace SshFunctions.Hooks.Host;

/// <summary>The principals that a host takes for one account, as lines of an AuthorizedPrincipalsFile; pure and offline.</summary>
/// <remarks>
/// <c>LOGIN@RESOURCE</c> as it is, and <c>limited:LOGIN@RESOURCE</c> with the targets that the certificate names. sshd intersects options
/// with what the certificate permits, so the line takes back nothing else that it gives.
/// Source: sshd(8), "AUTHORIZED_KEYS FILE FORMAT"; draft-miller-ssh-cert, "Extensions".
/// </remarks>
internal static class AcceptedPrincipals
{
    private const int LongestName = 255;
    private const int MostTargets = 100;

    // With port forwarding allowed sshd would also listen for the client, and an empty permitlisten can't be written. Port 1 on loopback
    // is privileged and used by nothing, so this lets a client listen nowhere of use.
    private const string NoListening = "permitlisten=\"127.0.0.1:1\"";

    private static readonly SearchValues<char> LoginCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_+@");

    private static readonly SearchValues<char> ResourceCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789.-_/");
    private static readonly SearchValues<char> TargetCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789.-_:[]");

    /// <summary>The lines for one login.</summary>
    /// <param name="resource">The host's own path, <c>project/environment/resource</c>.</param>
    /// <param name="login">The account that a client wants to enter as.</param>
    /// <param name="certificate">What the client presents, base64 of its wire form.</param>
    /// <returns>The lines; null on any doubt.</returns>
    internal static string? LinesFor(string resource, string login, string certificate)
    {
        if (!IsResource(resource) || !IsLogin(login))
            return null;
        byte[] wire = new byte[certificate.Length];
        if (!Convert.TryFromBase64String(certificate, wire, out int length)
            || !SshCertificate.TryFromWire(wire.AsMemory(0, length), out SshCertificate? presented, out _))
            return null;
        CertificateOption? targets = presented.Content.Extensions.FirstOrDefault(option => option.Name == LimitedPrincipal.ForwardTargetsOption);
        string plain = $"{login}@{resource}\n";
        if (targets is null) return plain;
        return LimitsOf(targets) is { } limits ? $"{limits} {LimitedPrincipal.Of(login, resource)}\n" : null;
    }

    /// <summary>Whether a text is the path of a resource.</summary>
    internal static bool IsResource(string text) =>
        IsName(text, ResourceCharacters) && text.Split('/') is [{ Length: > 0 }, { Length: > 0 }, { Length: > 0 }];

    /// <summary>Whether a text can be the name of an account that is reached through the broker.</summary>
    internal static bool IsLogin(string text) => IsName(text, LoginCharacters);

    private static string? LimitsOf(CertificateOption option)
    {
        if (!option.TryGetValue(out string? text)) return null;
        string[] targets = text.Split(',');
        return targets.Length <= MostTargets && targets.All(IsTarget)
            ? $"restrict,pty,agent-forwarding,X11-forwarding,user-rc,port-forwarding,{NoListening},{string.Join(',', targets.Select(target => $"permitopen=\"{target}\""))}"
            : null;
    }

    private static bool IsTarget(string target)
    {
        int colon = target.LastIndexOf(':');
        return colon > 0 && IsName(target, TargetCharacters)
            && int.TryParse(target.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port is > 0 and <= 65535;
    }

    private static bool IsName(string text, SearchValues<char> allowed) =>
        text.Length is > 0 and <= LongestName && !text.AsSpan().ContainsAnyExcept(allowed);
}
