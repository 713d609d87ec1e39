using SshFunctions.Hooks.Host;
using SshFunctions.Hooks.Host.Enroll;

namespace SshFunctions.Hooks.Tests.Host.Enroll;

public sealed class DropInTests
{
    private static readonly DropIn Debian12 =
        new(new OpenSshVersion(9, 2), "/usr/local/bin/sshfn", HostFolders.Default, "acme/production/web") { HostCertificates = ["/etc/sshfn/ssh_host_ed25519_key-cert.pub"] };

    [Fact]
    public void Is_this_for_certificates_alone() => Assert.Equal(
        """
        # Written by `sshfn host enroll` for OpenSSH 9.2; `sshfn host unenroll` takes it away. Changes made here are lost.
        TrustedUserCAKeys /etc/sshfn/user_ca.pub
        RevokedKeys /etc/sshfn/krl
        PubkeyAuthentication yes
        AuthorizedPrincipalsCommand /usr/local/bin/sshfn host principals acme/production/web %u %k
        AuthorizedPrincipalsCommandUser nobody
        AuthorizedPrincipalsFile none
        HostCertificate /etc/sshfn/ssh_host_ed25519_key-cert.pub
        AllowStreamLocalForwarding no

        """,
        Debian12.Render());

    [Fact]
    public void Is_this_for_everything_on_one_more_port() => Assert.Equal(
        """
        # Written by `sshfn host enroll` for OpenSSH 9.2; `sshfn host unenroll` takes it away. Changes made here are lost.
        TrustedUserCAKeys /etc/sshfn/user_ca.pub
        RevokedKeys /etc/sshfn/krl
        PubkeyAuthentication yes
        AuthorizedPrincipalsCommand /usr/local/bin/sshfn host principals --single-use acme/production/web %u %k
        AuthorizedPrincipalsCommandUser nobody
        AuthorizedPrincipalsFile none
        AuthorizedKeysCommand /usr/local/bin/sshfn host authorized-keys %u %t %k
        AuthorizedKeysCommandUser root
        HostCertificate /etc/sshfn/ssh_host_ed25519_key-cert.pub
        AllowStreamLocalForwarding no
        UsePAM yes
        Port 22
        Port 2222
        PasswordAuthentication no
        KbdInteractiveAuthentication no
        Match LocalPort 2222
          PasswordAuthentication yes
          KbdInteractiveAuthentication yes
          AuthenticationMethods any
          DisableForwarding yes
          AllowTcpForwarding no
          AllowAgentForwarding no
          X11Forwarding no
          PermitTunnel no
          PermitUserRC no

        """,
        (Debian12 with { Sessions = true, RegisteredKeys = true, Passcodes = true, PasscodePort = 2222, NamesStandardPort = true }).Render());

    [Theory]
    [InlineData(9, 8)]
    [InlineData(9, 9)]
    [InlineData(10, 5)]
    public void Names_a_pam_service_of_its_own_where_sshd_knows_how(int major, int minor)
    {
        string text = (Debian12 with { Version = new OpenSshVersion(major, minor), Sessions = true }).Render();
        Assert.Contains("\nUsePAM yes\nPAMServiceName sshfn\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("PerSourcePenalties", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(8, 7)]
    [InlineData(9, 2)]
    [InlineData(9, 7)]
    public void Has_no_word_that_older_ones_refuse(int major, int minor)
    {
        string text = (Debian12 with { Version = new OpenSshVersion(major, minor), Sessions = true, Passcodes = true, RegisteredKeys = true }).Render();
        Assert.DoesNotContain("PAMServiceName", text, StringComparison.Ordinal);
        Assert.DoesNotContain("PerSourcePenalties", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Forwards_nothing_anywhere_when_passcodes_are_taken_everywhere()
    {
        string text = (Debian12 with { Passcodes = true }).Render();
        Assert.Contains("\nPasswordAuthentication yes\n", text, StringComparison.Ordinal);
        Assert.Contains("\nDisableForwarding yes\nAllowTcpForwarding no\nAllowAgentForwarding no\nX11Forwarding no\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Match", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Puts_the_command_for_principals_before_the_one_for_keys()
    {
        string text = (Debian12 with { RegisteredKeys = true }).Render();
        Assert.True(text.IndexOf("AuthorizedPrincipalsCommand ", StringComparison.Ordinal) < text.IndexOf("AuthorizedKeysCommand ", StringComparison.Ordinal));
    }
}
