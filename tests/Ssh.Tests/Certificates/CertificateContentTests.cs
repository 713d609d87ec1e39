using SshFunctions.Ssh.Certificates;

namespace SshFunctions.Ssh.Tests.Certificates;

public sealed class CertificateContentTests
{
    public static TheoryData<string, CertificateContent> Malformed => new()
    {
        { "nonce", Samples.Content() with { Nonce = new byte[31] } },
        { "type", Samples.Content() with { Type = 0 } },
        { "key id", Samples.Content() with { KeyId = "" } },
        { "key id", Samples.Content() with { KeyId = "a\nb" } },
        { "key id", Samples.Content() with { KeyId = new string('a', 201) } },
        { "principal", Samples.Content() with { ValidPrincipals = [] } },
        { "principal", Samples.Content() with { ValidPrincipals = default } },
        { "principal", Samples.Content() with { ValidPrincipals = ["a,b"] } },
        { "principal", Samples.Content() with { ValidPrincipals = ["a b"] } },
        { "principal", Samples.Content() with { ValidPrincipals = [.. Enumerable.Range(0, 257).Select(n => $"p{n}")] } },
        { "validity", Samples.Content() with { ValidBefore = Samples.Content().ValidAfter } },
        { "validity", Samples.Content() with { ValidAfter = DateTimeOffset.UnixEpoch.AddSeconds(-1) } },
        { "validity", Samples.Content() with { ValidBefore = Samples.Content().ValidBefore.AddMilliseconds(1) } },
        { "extensions", Samples.Content() with { Extensions = [CertificateOption.PermitPty, CertificateOption.PermitPortForwarding] } },
        { "extensions", Samples.Content() with { Extensions = [CertificateOption.PermitPty, CertificateOption.PermitPty] } },
        { "critical options", Samples.Content() with { CriticalOptions = default } },
    };

    [Theory]
    [MemberData(nameof(Malformed), DisableDiscoveryEnumeration = true)]
    public void Is_not_written_with_a_malformed_field(string field, CertificateContent content) =>
        Assert.Contains(
            field,
            Assert.Throws<ArgumentException>(() => content.ToBeSigned(Samples.PublicKey("ssh-ed25519"))).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("a,b")]
    [InlineData("a b")]
    [InlineData("a\tb")]
    [InlineData("a\nb")]
    [InlineData("a\0b")]
    [InlineData("a\u0085b")]
    [InlineData("a\u00a0b")]
    public void Refuses_a_malformed_principal(string text)
    {
        Assert.False(Principal.TryParse(text, out _, out string? reason));
        Assert.StartsWith("A principal ", reason, StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => Principal.Parse(text));
    }

    [Theory]
    [InlineData("alice")]
    [InlineData("deploy@acme/production/web")]
    [InlineData("grüße")]
    public void Takes_a_name_as_a_principal(string text) => Assert.Equal(text, Principal.Parse(text).Value);

    [Fact]
    public void Bounds_principals_and_key_ids()
    {
        Assert.True(Principal.TryParse(new string('a', 255), out _, out _));
        Assert.False(Principal.TryParse(new string('a', 256), out _, out _));
        Assert.True(KeyId.TryParse(new string('a', 200), out _, out _));
        Assert.False(KeyId.TryParse(new string('a', 201), out _, out _));
        Assert.False(KeyId.TryParse("a\u2028b", out _, out _));
        Assert.False(Principal.TryParse("a\ud800", out _, out _));
        Assert.Throws<InvalidOperationException>(() => default(Principal).Value);
        Assert.Throws<InvalidOperationException>(() => default(KeyId).Value);
    }

    [Fact]
    public void Sorts_options_as_the_format_demands()
    {
        Assert.Equal(
            ["permit-X11-forwarding", "permit-agent-forwarding", "permit-pty"],
            CertificateOption.Sorted(CertificateOption.PermitPty, CertificateOption.PermitAgentForwarding, CertificateOption.PermitX11Forwarding)
                .Select(option => option.Name));
        Assert.Throws<ArgumentException>(() => CertificateOption.Sorted(CertificateOption.PermitPty, CertificateOption.PermitPty));
    }

    [Fact]
    public void Refuses_a_forced_command_that_could_forge_a_line()
    {
        Assert.Throws<ArgumentException>(() => CertificateOption.ForceCommand("a\nb"));
        Assert.Throws<ArgumentException>(() => CertificateOption.ForceCommand(""));
        Assert.Throws<ArgumentException>(() => CertificateOption.SourceAddress([]));
        Assert.Throws<ArgumentException>(() => new CertificateOption("a b", default));
    }
}
