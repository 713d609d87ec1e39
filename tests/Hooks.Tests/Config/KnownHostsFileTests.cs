using SshFunctions.Hooks.Config;

namespace SshFunctions.Hooks.Tests.Config;

public sealed class KnownHostsFileTests
{
    private const string Ca = "@cert-authority * ssh-ed25519 AAAACa sshfn-host-ca\n";
    private const string Revoked = "@revoked * ssh-ed25519 AAAAHost host:hb2wmzk3thd5xrav\n";

    [Fact]
    public void A_host_key_is_revoked_for_the_managed_hosts_alone()
    {
        string text = KnownHostsFile.Render(Ca + Revoked, ["web.example.com"]);
        Assert.Contains("\n@cert-authority web.example.com,[web.example.com]:* ssh-ed25519 AAAACa\n", text, StringComparison.Ordinal);
        Assert.EndsWith("\n@revoked web.example.com,[web.example.com]:* ssh-ed25519 AAAAHost\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_revoked_later_comes_in_and_what_is_lifted_goes()
    {
        string before = KnownHostsFile.Render(Ca, ["web.example.com", "::1"]);
        string revoked = KnownHostsFile.Again(before, Ca + Revoked);
        Assert.Equal(KnownHostsFile.Render(Ca + Revoked, ["web.example.com", "::1"]), revoked);
        Assert.Equal(before, KnownHostsFile.Again(revoked, Ca));
    }

    [Fact]
    public void A_file_that_trusts_nobody_stays_so()
    {
        string before = KnownHostsFile.Render(Ca, []);
        Assert.Equal(before, KnownHostsFile.Again(before, Ca + Revoked));
    }
}
