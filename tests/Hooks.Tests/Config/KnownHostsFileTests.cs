using SshFunctions.Hooks.Config;

namespace SshFunctions.Hooks.Tests.Config;

public sealed class KnownHostsFileTests
{
    private const string Ca = "@cert-authority * ssh-ed25519 AAAACa sshfn-host-ca\n";
    private const string Revoked = "@revoked * ssh-ed25519 AAAAHost host:hb2wmzk3thd5xrav\n";

    private static readonly Uri Broker = new("https://ssh.example.com/");

    [Fact]
    public void A_CA_is_trusted_for_the_managed_hosts_alone_and_a_revoked_key_for_none()
    {
        string text = KnownHostsFile.Render(Broker, Ca + Revoked, ["web.example.com"]);
        Assert.Contains("\n@cert-authority web.example.com,[web.example.com]:* ssh-ed25519 AAAACa\n", text, StringComparison.Ordinal);
        Assert.EndsWith("\n@revoked * ssh-ed25519 AAAAHost\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_revoked_later_comes_in_and_what_is_lifted_goes()
    {
        string before = KnownHostsFile.Render(Broker, Ca, ["web.example.com", "::1"]);
        string revoked = KnownHostsFile.Again(Broker, before, Ca + Revoked);
        Assert.Equal(KnownHostsFile.Render(Broker, Ca + Revoked, ["web.example.com", "::1"]), revoked);
        Assert.Equal(before, KnownHostsFile.Again(Broker, revoked, Ca));
    }

    [Fact]
    public void A_file_that_trusts_nobody_stays_so_and_names_the_newer_version()
    {
        string before = KnownHostsFile.Render(Broker, "# version 1.0\n" + Ca, []);
        Assert.Equal(before.Replace("1.0", "1.7", StringComparison.Ordinal), KnownHostsFile.Again(Broker, before, "# version 1.7\n" + Ca + Revoked));
    }

    [Fact]
    public void A_key_of_a_host_that_is_somebody_elses_stays_as_it_was()
    {
        string before = KnownHostsFile.Render(Broker, Ca, ["web.example.com"], ["github.com"]);
        string again = KnownHostsFile.Again(Broker, before, Ca + Revoked);
        Assert.EndsWith("\n@revoked *,!github.com,![github.com]:* ssh-ed25519 AAAAHost\n", again, StringComparison.Ordinal);
        Assert.DoesNotContain("@cert-authority github.com", again, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_another_broker_stays_as_it_is()
    {
        string before = KnownHostsFile.Render(new Uri("https://other.example.com/"), Ca, ["web.example.com"]);
        Assert.Equal(before, KnownHostsFile.Again(Broker, before, Ca + Revoked));
    }
}
