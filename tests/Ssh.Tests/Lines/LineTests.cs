using SshFunctions.Ssh.Certificates;
using SshFunctions.Ssh.Keys;
using SshFunctions.Ssh.Lines;

namespace SshFunctions.Ssh.Tests.Lines;

public sealed class LineTests
{
    private static readonly SshPublicKey Key = Samples.PublicKey("ssh-ed25519");

    public static TheoryData<string, Action> Injections => new()
    {
        { "command", () => AuthorizedKeysOption.Command("a\nssh-ed25519 AAAA") },
        { "command", () => AuthorizedKeysOption.Command("a\0") },
        { "command", () => AuthorizedKeysOption.Command("a\\") },
        { "command", () => AuthorizedKeysOption.Command("") },
        { "patterns", () => AuthorizedKeysOption.From() },
        { "patterns", () => AuthorizedKeysOption.From("10.0.0.0/8,*") },
        { "patterns", () => AuthorizedKeysOption.From("a\" b") },
        { "principals", () => AuthorizedKeysOption.Principals("alice,root") },
        { "host", () => AuthorizedKeysOption.PermitOpen("a b", 1) },
        { "host", () => AuthorizedKeysOption.PermitOpen("[::1]", 1) },
        { "port", () => AuthorizedKeysOption.PermitOpen("a", 0) },
        { "port", () => AuthorizedKeysOption.PermitListen(65536) },
        { "name", () => AuthorizedKeysOption.Environment("A=B", "c") },
        { "value", () => AuthorizedKeysOption.Environment("A", "c\rd") },
        { "comment", () => _ = new AuthorizedKeysLine(Key, [], "a\nb") },
        { "principal", () => _ = new AuthorizedPrincipalsLine(Principal.Parse("root#x"), []) },
        { "principal", () => _ = new AuthorizedPrincipalsLine(Principal.Parse("a\"b"), []) },
        { "options", () => _ = new AuthorizedPrincipalsLine(Principal.Parse("a"), [AuthorizedKeysOption.Command("a # b")]) },
        { "hosts", () => KnownHostsLine.HostKey([], Key) },
        { "hosts", () => KnownHostsLine.HostKey(["a,b"], Key) },
        { "hosts", () => KnownHostsLine.HostKey(["a b"], Key) },
        { "hosts", () => KnownHostsLine.HostKey(["@cert-authority"], Key) },
        { "hosts", () => KnownHostsLine.HostKey(["#a"], Key) },
        { "hosts", () => KnownHostsLine.HostKey(["|1|a|b"], Key) },
        { "comment", () => KnownHostsLine.Revoked(["a"], Key, "x\u2028y") },
        { "host", () => KnownHostsLine.HostAndPort("a]:1,[b", 22) },
    };

    [Theory]
    [MemberData(nameof(Injections), DisableDiscoveryEnumeration = true)]
    public void Refuse_a_malformed_part_and_name_it(string part, Action make) =>
        Assert.Equal(part, Assert.ThrowsAny<ArgumentException>(make).ParamName);

    [Fact]
    public void Of_authorized_keys_hold_options_and_key()
    {
        var line = new AuthorizedKeysLine(
            Key,
            [
                AuthorizedKeysOption.Restrict,
                AuthorizedKeysOption.Pty,
                AuthorizedKeysOption.Command("say \"hi\" \\ there"),
                AuthorizedKeysOption.PermitOpen("::1", 22),
                AuthorizedKeysOption.PermitListen(8080),
                AuthorizedKeysOption.From("10.0.0.0/8", "!10.1.0.0/16"),
                AuthorizedKeysOption.ExpiryTime(new DateTimeOffset(2026, 1, 2, 5, 4, 5, TimeSpan.FromHours(2))),
                AuthorizedKeysOption.Environment("WHO", "alice"),
            ],
            "alice laptop");
        Assert.Equal(
            "restrict,pty,command=\"say \\\"hi\\\" \\ there\",permitopen=\"[::1]:22\",permitlisten=\"8080\",from=\"10.0.0.0/8,!10.1.0.0/16\","
                + "expiry-time=\"20260102030405Z\",environment=\"WHO=alice\" " + Key.ToText() + " alice laptop",
            line.ToString());
        Assert.Equal(Key.ToText(), new AuthorizedKeysLine(Key, []).ToString());
    }

    [Fact]
    public void Of_principals_hold_options_and_name()
    {
        Assert.Equal(
            "restrict,port-forwarding deploy@acme/production/web",
            new AuthorizedPrincipalsLine(
                Principal.Parse("deploy@acme/production/web"), [AuthorizedKeysOption.Restrict, AuthorizedKeysOption.PortForwarding]).ToString());
        Assert.Equal("alice", new AuthorizedPrincipalsLine(Principal.Parse("alice"), []).ToString());
    }

    [Fact]
    public void Of_known_hosts_hold_marker_hosts_and_key()
    {
        Assert.Equal($"@cert-authority *.example.com {Key.ToText()} ca", KnownHostsLine.CertAuthority(["*.example.com"], Key, "ca").ToString());
        Assert.Equal($"@revoked * {Key.ToText()}", KnownHostsLine.Revoked(["*"], Key).ToString());
        Assert.Equal($"web,[web]:2222 {Key.ToText()}", KnownHostsLine.HostKey(["web", KnownHostsLine.HostAndPort("web", 2222)], Key).ToString());
    }
}
