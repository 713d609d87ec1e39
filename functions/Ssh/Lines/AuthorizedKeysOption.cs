using System.Globalization;

namespace SshFunctions.Ssh.Lines;

/// <summary>An option before a key in authorized_keys, or before a name in a principals file.</summary>
/// <remarks>Source: sshd(8), "AUTHORIZED_KEYS FILE FORMAT".</remarks>
public sealed class AuthorizedKeysOption
{
    private readonly string _text;

    private AuthorizedKeysOption(string text) => _text = text;

    /// <summary>Forbids everything that can be allowed by another option.</summary>
    public static AuthorizedKeysOption Restrict { get; } = new("restrict");

    /// <summary>Allows a terminal again.</summary>
    public static AuthorizedKeysOption Pty { get; } = new("pty");

    /// <summary>Allows port forwarding again.</summary>
    public static AuthorizedKeysOption PortForwarding { get; } = new("port-forwarding");

    /// <summary>Allows agent forwarding again.</summary>
    public static AuthorizedKeysOption AgentForwarding { get; } = new("agent-forwarding");

    /// <summary>Allows X11 forwarding again.</summary>
    public static AuthorizedKeysOption X11Forwarding { get; } = new("X11-forwarding");

    /// <summary>Runs ~/.ssh/rc again.</summary>
    public static AuthorizedKeysOption UserRc { get; } = new("user-rc");

    /// <summary>The key is a CA's, and its certificates are accepted.</summary>
    public static AuthorizedKeysOption CertAuthority { get; } = new("cert-authority");

    /// <summary>A security key need not be touched.</summary>
    public static AuthorizedKeysOption NoTouchRequired { get; } = new("no-touch-required");

    /// <summary>A security key must verify its user.</summary>
    public static AuthorizedKeysOption VerifyRequired { get; } = new("verify-required");

    /// <summary>The only command that may run.</summary>
    /// <param name="command">For the login shell; not empty, no control character, no backslash at its end.</param>
    /// <returns>The option.</returns>
    /// <exception cref="ArgumentException">The command is malformed.</exception>
    public static AuthorizedKeysOption Command(string command)
    {
        ArgumentException.ThrowIfNullOrEmpty(command);
        return Quoted("command", command, nameof(command));
    }

    /// <summary>The hosts a login may come from.</summary>
    /// <param name="patterns">Addresses, CIDR ranges, names, with * and ?; negated by a leading exclamation mark.</param>
    /// <returns>The option.</returns>
    /// <exception cref="ArgumentException">There is none, or one has a comma, quote, backslash, white space or '#'.</exception>
    public static AuthorizedKeysOption From(params IEnumerable<string> patterns) =>
        Quoted("from", LineText.RequireWords(patterns, nameof(patterns)), nameof(patterns));

    /// <summary>The names a certificate must hold one of, with <see cref="CertAuthority"/>.</summary>
    /// <param name="principals">The names.</param>
    /// <returns>The option.</returns>
    /// <exception cref="ArgumentException">There is none, or one has a comma, quote, backslash, white space or '#'.</exception>
    public static AuthorizedKeysOption Principals(params IEnumerable<string> principals) =>
        Quoted("principals", LineText.RequireWords(principals, nameof(principals)), nameof(principals));

    /// <summary>A destination that may be forwarded to.</summary>
    /// <param name="host">A name or address; an IPv6 address without brackets.</param>
    /// <param name="port">1 to 65535.</param>
    /// <returns>The option.</returns>
    /// <exception cref="ArgumentException">Host or port is malformed.</exception>
    public static AuthorizedKeysOption PermitOpen(string host, int port)
    {
        LineText.RequireWord(host, nameof(host));
        if (host.AsSpan().ContainsAny('[', ']'))
            throw new ArgumentException("The host must not contain brackets.", nameof(host));
        string bracketed = host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host;
        return Quoted("permitopen", string.Create(CultureInfo.InvariantCulture, $"{bracketed}:{LineText.RequirePort(port, nameof(port))}"), nameof(host));
    }

    /// <summary>A port the server may listen on for the client.</summary>
    /// <param name="port">1 to 65535.</param>
    /// <returns>The option.</returns>
    /// <exception cref="ArgumentException">The port is out of range.</exception>
    public static AuthorizedKeysOption PermitListen(int port) =>
        Quoted("permitlisten", LineText.RequirePort(port, nameof(port)).ToString(CultureInfo.InvariantCulture), nameof(port));

    /// <summary>When the line stops counting.</summary>
    /// <param name="time">Exclusive; written in UTC, fractions are dropped.</param>
    /// <returns>The option.</returns>
    public static AuthorizedKeysOption ExpiryTime(DateTimeOffset time) =>
        Quoted("expiry-time", time.UtcDateTime.ToString("yyyyMMddHHmmss'Z'", CultureInfo.InvariantCulture), nameof(time));

    /// <summary>An environment variable of the session; sshd takes it only where PermitUserEnvironment says so.</summary>
    /// <param name="name">Letters, digits and underscores.</param>
    /// <param name="value">No control character, no backslash at its end.</param>
    /// <returns>The option.</returns>
    /// <exception cref="ArgumentException">Name or value is malformed.</exception>
    public static AuthorizedKeysOption Environment(string name, string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (name.Any(character => !char.IsAsciiLetterOrDigit(character) && character != '_'))
            throw new ArgumentException("The name must consist of letters, digits and underscores.", nameof(name));
        return Quoted("environment", $"{name}={LineText.Require(value, nameof(value))}", nameof(value));
    }

    /// <summary>The option as it stands in the line.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => _text;

    internal static string Prefix(IEnumerable<AuthorizedKeysOption> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        string joined = string.Join(',', options);
        return joined.Length == 0 ? string.Empty : joined + " ";
    }

    // Inside quotes only a quote is escaped, by a backslash; every other backslash stands for itself. So one at the end would
    // swallow the closing quote, and there is no way to write it.
    private static AuthorizedKeysOption Quoted(string name, string value, string part)
    {
        LineText.Require(value, part);
        if (value.EndsWith('\\'))
            throw new ArgumentException($"The {part} must not end with a backslash, which sshd would take for part of the closing quote.", part);
        return new AuthorizedKeysOption($"{name}=\"{value.Replace("\"", "\\\"", StringComparison.Ordinal)}\"");
    }
}
