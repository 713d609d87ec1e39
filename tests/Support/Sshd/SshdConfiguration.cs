using System.Text;

namespace SshFunctions.Support.Sshd;

/// <summary>Writes the files a <see cref="TestSshd"/> reads, and names them.</summary>
/// <param name="folder">Absolute; the login must be able to enter it, because sshd reads principals with the login's rights.</param>
/// <param name="login">The unix account that certificates are for.</param>
internal sealed class SshdConfiguration(string folder, string login)
{
    public string File => Path.Combine(folder, "sshd_config");

    public string HostKey => Path.Combine(folder, "host_key");

    public string UserCas => Path.Combine(folder, "user_cas.pub");

    public string RevokedKeys => Path.Combine(folder, "revoked_keys");

    private string HostCertificate => HostKey + "-cert.pub";

    private string PrincipalsFile => Path.Combine(folder, "principals");

    private string PrincipalsScript => Path.Combine(folder, "principals.sh");

    public async Task WriteAsync(SshdSettings settings, int port, OpenSshVersion version, CancellationToken cancellationToken)
    {
        var text = new StringBuilder($"""
            ListenAddress 127.0.0.1
            Port {port}
            HostKey {HostKey}
            PidFile none
            LogLevel VERBOSE
            UsePAM no
            StrictModes no
            LoginGraceTime {settings.LoginGraceTime.TotalSeconds}
            MaxStartups 100
            AuthenticationMethods publickey
            PasswordAuthentication no
            KbdInteractiveAuthentication no
            AuthorizedKeysFile none
            TrustedUserCAKeys {UserCas}
            ExposeAuthInfo yes
            AcceptEnv GIT_PROTOCOL
            Subsystem sftp internal-sftp

            """);
        // The default key exchange costs 80 ms a login, and no test is about it.
        text.AppendLine("KexAlgorithms curve25519-sha256");
        // From 9.8 on a few refused logins close the door to the whole loopback; older ones don't know the word.
        if (version >= new OpenSshVersion(9, 8)) text.AppendLine("PerSourcePenalties no");

        await WriteAsync(UserCas, settings.TrustedUserCaKeys, cancellationToken);
        if (settings.RevokedKeys is { } list)
        {
            await System.IO.File.WriteAllBytesAsync(RevokedKeys, list, cancellationToken);
            text.AppendLine($"RevokedKeys {RevokedKeys}");
        }
        if (settings.CertifyHostKey is { } certify)
        {
            var publicKey = await System.IO.File.ReadAllTextAsync(HostKey + ".pub", cancellationToken);
            await WriteAsync(HostCertificate, await certify(publicKey, cancellationToken), cancellationToken);
            text.AppendLine($"HostCertificate {HostCertificate}");
        }
        text.AppendLine(await WritePrincipalsAsync(settings.Principals, cancellationToken));
        text.AppendLine(settings.FurtherConfiguration);
        await WriteAsync(File, text.ToString(), cancellationToken);
    }

    private async Task<string> WritePrincipalsAsync(SshdPrincipals principals, CancellationToken cancellationToken)
    {
        switch (principals)
        {
            case SshdPrincipals.FromFile file:
                await WriteAsync(PrincipalsFile, string.Join('\n', file.Lines) + "\n", cancellationToken);
                return $"AuthorizedPrincipalsFile {PrincipalsFile}";
            case SshdPrincipals.FromCommand command:
                await WriteAsync(PrincipalsScript, command.Script, cancellationToken);
                return CommandLines($"/bin/sh {PrincipalsScript} %u %i %s", null);
            case SshdPrincipals.FromProgram program:
                return CommandLines(program.CommandLine, program.RunAs);
            default:
                return "AuthorizedPrincipalsFile none";
        }
    }

    private string CommandLines(string command, string? runAs) => $"""
        AuthorizedPrincipalsCommand {command}
        AuthorizedPrincipalsCommandUser {runAs ?? (Environment.IsPrivilegedProcess ? "nobody" : login)}
        """;

    private static Task WriteAsync(string path, string text, CancellationToken cancellationToken) =>
        System.IO.File.WriteAllTextAsync(path, text, cancellationToken);
}
