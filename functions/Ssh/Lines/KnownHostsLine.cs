using System.Globalization;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.Ssh.Lines;

/// <summary>A line of known_hosts.</summary>
/// <remarks>Source: sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT".</remarks>
public sealed class KnownHostsLine
{
    private readonly string _text;

    private KnownHostsLine(string marker, IEnumerable<string> hosts, SshPublicKey key, string comment)
    {
        ArgumentNullException.ThrowIfNull(key);
        LineText.Require(comment, nameof(comment));
        string[] patterns = [.. hosts ?? throw new ArgumentNullException(nameof(hosts))];
        string joined = LineText.RequireWords(patterns, nameof(hosts));
        if (patterns.Any(pattern => pattern[0] is '@' or '|'))
            throw new ArgumentException("The hosts must not begin with '@' (a marker) or '|' (a hashed name).", nameof(hosts));
        _text = $"{marker}{joined} {key.ToText()}{(comment.Length == 0 ? string.Empty : " " + comment)}";
    }

    /// <summary>The key of hosts.</summary>
    /// <param name="hosts">Names, addresses or patterns; see <see cref="HostAndPort"/> for a port other than 22.</param>
    /// <param name="key">Their key.</param>
    /// <param name="comment">For people; no control character.</param>
    /// <returns>The line.</returns>
    /// <exception cref="ArgumentException">A host or the comment is malformed, or there is no host.</exception>
    public static KnownHostsLine HostKey(IEnumerable<string> hosts, SshPublicKey key, string comment = "") => new("", hosts, key, comment);

    /// <summary>A CA whose host certificates are trusted for hosts.</summary>
    /// <param name="hosts">Names or patterns.</param>
    /// <param name="key">The CA's key.</param>
    /// <param name="comment">For people; no control character.</param>
    /// <returns>The line.</returns>
    /// <exception cref="ArgumentException">A host or the comment is malformed, or there is no host.</exception>
    public static KnownHostsLine CertAuthority(IEnumerable<string> hosts, SshPublicKey key, string comment = "") =>
        new("@cert-authority ", hosts, key, comment);

    /// <summary>A key that must never be accepted for hosts.</summary>
    /// <param name="hosts">Names or patterns.</param>
    /// <param name="key">The key of a host or a CA.</param>
    /// <param name="comment">For people; no control character.</param>
    /// <returns>The line.</returns>
    /// <exception cref="ArgumentException">A host or the comment is malformed, or there is no host.</exception>
    public static KnownHostsLine Revoked(IEnumerable<string> hosts, SshPublicKey key, string comment = "") =>
        new("@revoked ", hosts, key, comment);

    /// <summary>How known_hosts names a host on a port.</summary>
    /// <param name="host">A name or address, without brackets.</param>
    /// <param name="port">1 to 65535.</param>
    /// <returns><c>[host]:port</c>, and just the host for port 22.</returns>
    /// <exception cref="ArgumentException">Host or port is malformed.</exception>
    public static string HostAndPort(string host, int port)
    {
        LineText.RequireWord(host, nameof(host));
        if (host.AsSpan().ContainsAny('[', ']'))
            throw new ArgumentException("The host must not contain brackets.", nameof(host));
        LineText.RequirePort(port, nameof(port));
        return port == 22 ? host : string.Create(CultureInfo.InvariantCulture, $"[{host}]:{port}");
    }

    /// <summary>The line, without its line break.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => _text;
}
