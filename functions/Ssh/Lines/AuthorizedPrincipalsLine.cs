using SshFunctions.Ssh.Certificates;

namespace SshFunctions.Ssh.Lines;

/// <summary>A line of an AuthorizedPrincipalsFile, also as an AuthorizedPrincipalsCommand prints it.</summary>
/// <remarks>Source: sshd_config(5), AuthorizedPrincipalsFile.</remarks>
public sealed class AuthorizedPrincipalsLine
{
    private readonly string _text;

    /// <summary>Puts a line together.</summary>
    /// <param name="principal">The name a certificate must hold; no quote, backslash or '#'.</param>
    /// <param name="options">What it may do; none for everything. None of them may hold a '#', at which sshd cuts the line off.</param>
    /// <exception cref="ArgumentException">Principal or options are malformed.</exception>
    public AuthorizedPrincipalsLine(Principal principal, IEnumerable<AuthorizedKeysOption> options)
    {
        string prefix = AuthorizedKeysOption.Prefix(options);
        if (prefix.Contains('#', StringComparison.Ordinal))
            throw new ArgumentException("The options must not contain '#', at which sshd cuts the line off.", nameof(options));
        _text = prefix + LineText.RequireWord(principal.Value, nameof(principal));
    }

    /// <summary>The line, without its line break.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => _text;
}
