using SshFunctions.Support.Files;
using SshFunctions.Support.Sshd;

namespace SshFunctions.Support.Ssh;

/// <summary>Writes the ssh_config a client of a <see cref="TestSshd"/> needs: one host by a name, nothing from elsewhere, no prompts.</summary>
public static class SshClientConfiguration
{
    /// <summary>Lines that send a host name to a <see cref="TestSshd"/> and answer every question before it is asked.</summary>
    /// <param name="server">Where the name leads.</param>
    /// <param name="host">The name one types.</param>
    /// <param name="knownHosts">Absolute path of a known_hosts file.</param>
    public static string Host(TestSshd server, string host, string knownHosts) => $"""
        Host {host}
          HostName 127.0.0.1
          HostKeyAlias {host}
          Port {server.Port}
          User {server.Login}
          UserKnownHostsFile {knownHosts}
          GlobalKnownHostsFile /dev/null
          StrictHostKeyChecking yes
          UpdateHostKeys no
          IdentityAgent none
          BatchMode yes
          ConnectTimeout 20

        """;

    /// <summary>A client that logs in with one key and certificate.</summary>
    /// <param name="server">Where to.</param>
    /// <param name="host">The name one types.</param>
    /// <param name="key">Path of the private key.</param>
    /// <param name="certificate">Path of the certificate.</param>
    /// <param name="folder">Takes the configuration and known_hosts.</param>
    /// <param name="knownHosts">Lines of known_hosts; the server's plain host key when null.</param>
    public static SshClient With(
        TestSshd server, string host, string key, string certificate, TemporaryFolder folder, string? knownHosts = null)
    {
        var known = folder.Write($"known_hosts-{host}", knownHosts ?? server.KnownHostsLine(host));
        return new SshClient(folder.Write($"ssh_config-{host}", Host(server, host, known) + $"""
              IdentityFile {key}
              CertificateFile {certificate}
              IdentitiesOnly yes

            """));
    }
}
