using System.Globalization;
using System.Text;

namespace SshFunctions.Hooks.Host.Enroll;

/// <summary>The one file that sshd reads on behalf of sshfn, written for the version of sshd that reads it; pure.</summary>
/// <param name="Version">Of the sshd that is to read it: it refuses a file with a word that it does not know.</param>
/// <param name="Program">The sshfn that sshd runs, absolute.</param>
/// <param name="Folders">Where the host's files lie.</param>
/// <param name="Resource">What the host is.</param>
internal sealed record DropIn(OpenSshVersion Version, string Program, HostFolders Folders, string Resource)
{
    /// <summary>Sorts before what distributions and clouds put there: of most settings sshd takes the first.</summary>
    internal const string FileName = "00-sshfn.conf";

    internal const string PamServiceName = "sshfn";

    private const int StandardPort = 22;

    /// <summary>Whether PAM has the session line: then single-use certificates may enter, because there they are spent.</summary>
    internal bool Sessions { get; init; }

    internal bool RegisteredKeys { get; init; }

    internal bool Passcodes { get; init; }

    /// <summary>The only port that takes passcodes; null for all.</summary>
    internal int? PasscodePort { get; init; }

    /// <summary>Whether sshd listens on port 22 only because nobody named a port: naming one more would end that.</summary>
    internal bool NamesStandardPort { get; init; }

    /// <summary>Certificates of the host keys.</summary>
    internal IReadOnlyList<string> HostCertificates { get; init; } = [];

    /// <summary>What holds for every connection.</summary>
    internal IEnumerable<Directive> Everywhere()
    {
        yield return new("TrustedUserCAKeys", Folders.UserCaKeys);
        yield return new("RevokedKeys", Folders.RevocationList);
        yield return new("PubkeyAuthentication", "yes");
        // First of the two commands: sshd before 9.4 drops it when the other one comes first, and takes any certificate whose principal
        // is the login (bz3574).
        yield return new("AuthorizedPrincipalsCommand", $"{Program} host principals {(Sessions ? "--single-use " : "")}{Resource} %u %k");
        yield return new("AuthorizedPrincipalsCommandUser", "nobody");
        if (RegisteredKeys)
        {
            yield return new("AuthorizedKeysCommand", $"{Program} host authorized-keys {FolderOptions(Folders)}%u %t %k");
            yield return new("AuthorizedKeysCommandUser", "root");
        }

        foreach (string certificate in HostCertificates)
            yield return new("HostCertificate", certificate, IsOneOfMany: true);
        // permitopen does not limit sockets of the file system, so a certificate for one target would reach them all.
        yield return new("AllowStreamLocalForwarding", "no");
        if (Sessions || Passcodes)
            yield return new("UsePAM", "yes");
        if ((Sessions || Passcodes) && Version.HasPamServiceName)
            yield return new("PAMServiceName", PamServiceName);
        foreach (Directive directive in PasscodePort is null ? WithPasscodes() : WithPasscodePort(PasscodePort.Value))
            yield return directive;
    }

    /// <summary>What holds on <see cref="PasscodePort"/> only.</summary>
    internal IEnumerable<Directive> OnPasscodePort() => PasscodePort is null ? [] : WithPasscodes();

    internal string Render()
    {
        StringBuilder text = new($"# Written by `sshfn host enroll` for OpenSSH {Version}; `sshfn host unenroll` takes it away. Changes made here are lost.\n");
        foreach (Directive directive in Everywhere())
            text.Append(directive).Append('\n');
        if (PasscodePort is { } port)
            text.Append(CultureInfo.InvariantCulture, $"Match LocalPort {port}\n");
        foreach (Directive directive in OnPasscodePort())
            text.Append("  ").Append(directive).Append('\n');
        return text.ToString();
    }

    /// <summary>The options that tell a callback where the host's files lie, with a space after them; empty where they always lie.</summary>
    internal static string FolderOptions(HostFolders folders) =>
        folders == HostFolders.Default ? "" : $"--folder {folders.Folder} --run-folder {folders.RunFolder} ";

    // sshd can't limit what a password lets in, so nothing is forwarded where passcodes are taken. All of these and not
    // DisableForwarding alone: before 10.0 it forgets agents and X11. Source: OpenSSH 10.0 release notes.
    private Directive[] WithPasscodes() => !Passcodes ? [] :
    [
        new("PasswordAuthentication", "yes"),
        new("KbdInteractiveAuthentication", "yes"),
        new("AuthenticationMethods", "any"),
        new("DisableForwarding", "yes"),
        new("AllowTcpForwarding", "no"),
        new("AllowAgentForwarding", "no"),
        new("X11Forwarding", "no"),
        new("PermitTunnel", "no"),
        new("PermitUserRC", "no"),
    ];

    private IEnumerable<Directive> WithPasscodePort(int port)
    {
        if (NamesStandardPort && port != StandardPort)
            yield return Port(StandardPort);
        yield return Port(port);
        yield return new("PasswordAuthentication", "no");
        yield return new("KbdInteractiveAuthentication", "no");
    }

    private static Directive Port(int port) => new("Port", port.ToString(CultureInfo.InvariantCulture), IsOneOfMany: true);
}
