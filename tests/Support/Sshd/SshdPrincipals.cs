namespace SshFunctions.Support.Sshd;

/// <summary>How a <see cref="TestSshd"/> decides which principals may enter as its login.</summary>
public abstract record SshdPrincipals
{
    private SshdPrincipals()
    {
    }

    /// <summary>sshd's default: the certificate must name the login itself.</summary>
    public static SshdPrincipals LoginItself { get; } = new Default();

    /// <summary>An <c>AuthorizedPrincipalsFile</c> for the login with these lines.</summary>
    /// <param name="Lines">Each <c>[options] principal</c>.</param>
    public sealed record FromFile(params IReadOnlyList<string> Lines) : SshdPrincipals;

    /// <summary>An <c>AuthorizedPrincipalsCommand</c>.</summary>
    /// <param name="Script">
    /// Text for <c>/bin/sh</c>; <c>$1</c> is the login (%u), <c>$2</c> the key id (%i), <c>$3</c> the serial (%s). sshd demands that the
    /// command is root's in folders that are root's; /bin/sh is, wherever the script lies.
    /// </param>
    public sealed record FromCommand(string Script) : SshdPrincipals;

    /// <summary>An <c>AuthorizedPrincipalsCommand</c> given as sshd_config wants it, for a program that is root's already.</summary>
    /// <param name="CommandLine">Absolute program and arguments, with sshd's tokens.</param>
    /// <param name="RunAs">The account it runs as; null for <c>nobody</c>, or oneself when the tests are not run by root.</param>
    public sealed record FromProgram(string CommandLine, string? RunAs = null) : SshdPrincipals;

    private sealed record Default : SshdPrincipals;
}
