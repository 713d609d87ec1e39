using SshFunctions.Ssh.Keys;

namespace SshFunctions.Ssh.Lines;

/// <summary>A line of authorized_keys, also as an AuthorizedKeysCommand prints it.</summary>
/// <remarks>Source: sshd(8), "AUTHORIZED_KEYS FILE FORMAT".</remarks>
public sealed class AuthorizedKeysLine
{
    private readonly string _text;

    /// <summary>Puts a line together.</summary>
    /// <param name="key">The key.</param>
    /// <param name="options">What it may do; none for everything.</param>
    /// <param name="comment">For people; no control character.</param>
    /// <exception cref="ArgumentException">The comment has a control character.</exception>
    public AuthorizedKeysLine(SshPublicKey key, IEnumerable<AuthorizedKeysOption> options, string comment = "")
    {
        ArgumentNullException.ThrowIfNull(key);
        LineText.Require(comment, nameof(comment));
        _text = AuthorizedKeysOption.Prefix(options) + key.ToText() + (comment.Length == 0 ? string.Empty : " " + comment);
    }

    /// <summary>The line, without its line break.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => _text;
}
