using SshFunctions.Core.Certificates;
using SshFunctions.Ssh.Certificates;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.Core.Tests.Certificates;

public sealed class CertificateLinterTests : IDisposable
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_900_000_000);
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(5);
    private readonly SshPrivateKey _ca = SshPrivateKey.GenerateEcdsa(256);
    private readonly SshPrivateKey _subject = SshPrivateKey.GenerateEcdsa(256);

    private CertificateContent Good => new()
    {
        SubjectKey = _subject.PublicKey,
        Serial = 65_538,
        Type = CertificateType.User,
        KeyId = "alice",
        ValidPrincipals = ["deploy@acme/production/web"],
        ValidAfter = Now - CertificateLimits.Backdate,
        ValidBefore = Now + Life,
        CriticalOptions = [CertificateOption.WithValue(CertificateOption.SourceAddressName, "10.0.0.0/8")],
        Extensions = [CertificateOption.PermitPty],
    };

    private CertificateContent GoodHost => Good with
    {
        Type = CertificateType.Host,
        KeyId = "host:aaaaaaaaaaaaaaaa",
        ValidPrincipals = ["web.example.com", "192.0.2.7", "2001:db8::1"],
        CriticalOptions = [],
        Extensions = [],
    };

    public static TheoryData<string> Defects =>
    [
        "serial 0", "the CA's own key", "no key id", "long key id", "line break in the key id", "no principal", "default principals",
        "257 principals", "comma in a principal", "empty principal", "line break in a principal", "ends as it begins", "ends before it begins", "not valid yet",
        "backdated too far", "lives a second too long", "lives for ever", "unknown critical option", "unknown extension", "extension twice", "unsorted extensions",
        "critical option as extension", "extension as critical option",
    ];

    [Fact]
    public void Prepares_a_certificate_without_a_fault()
    {
        PreparedCertificate? prepared = Prepare(Good, out string? fault);
        Assert.Null(fault);
        Assert.Equal(Good with { Nonce = default }, SshCertificate.Assemble(
            prepared!.Spend(_ca.PublicKey).ToArray(), _ca.Sign([])).Content with
        { Nonce = default });
    }

    [Theory]
    [MemberData(nameof(Defects))]
    public void Refuses_a_certificate_with(string defect)
    {
        CertificateContent content = defect switch
        {
            "serial 0" => Good with { Serial = 0 },
            "the CA's own key" => Good with { SubjectKey = _ca.PublicKey },
            "no key id" => Good with { KeyId = "" },
            "long key id" => Good with { KeyId = new string('a', 201) },
            "line break in the key id" => Good with { KeyId = "alice\nroot" },
            "no principal" => Good with { ValidPrincipals = [] },
            "default principals" => Good with { ValidPrincipals = default },
            "257 principals" => Good with { ValidPrincipals = [.. Enumerable.Range(0, 257).Select(number => $"p{number}")] },
            "comma in a principal" => Good with { ValidPrincipals = ["deploy,root"] },
            "empty principal" => Good with { ValidPrincipals = ["deploy", ""] },
            "line break in a principal" => Good with { ValidPrincipals = ["deploy\nroot"] },
            "ends as it begins" => Good with { ValidBefore = Good.ValidAfter },
            "ends before it begins" => Good with { ValidBefore = Good.ValidAfter.AddSeconds(-1) },
            "not valid yet" => Good with { ValidAfter = Now.AddSeconds(1) },
            "backdated too far" => Good with { ValidAfter = Now.AddSeconds(-62) },
            "lives a second too long" => Good with { ValidBefore = Now + Life + TimeSpan.FromSeconds(1) },
            "lives for ever" => Good with { ValidBefore = CertificateContent.Forever },
            "unknown critical option" => Good with { CriticalOptions = [CertificateOption.WithValue("run-as", "root")] },
            "unknown extension" => Good with { Extensions = [CertificateOption.WithValue("permit-all", "x")] },
            "extension twice" => Good with { Extensions = [CertificateOption.PermitPty, CertificateOption.PermitPty] },
            "unsorted extensions" => Good with { Extensions = [CertificateOption.PermitUserRc, CertificateOption.PermitPty] },
            "critical option as extension" => Good with { Extensions = [CertificateOption.ForceCommand("x")] },
            _ => Good with { CriticalOptions = [CertificateOption.PermitPty] },
        };
        Assert.Null(Prepare(content, out string? fault));
        Assert.False(string.IsNullOrEmpty(fault));
    }

    [Fact]
    public void Prepares_a_host_certificate_without_a_fault()
    {
        Assert.NotNull(Prepare(GoodHost, out string? fault));
        Assert.Null(fault);
    }

    [Theory]
    [InlineData("an extension")]
    [InlineData("a critical option")]
    [InlineData("no principal")]
    [InlineData("a pattern")]
    [InlineData("a login")]
    [InlineData("capitals")]
    [InlineData("a port")]
    [InlineData("a person's key id")]
    public void Refuses_a_host_certificate_with(string defect)
    {
        CertificateContent content = defect switch
        {
            "an extension" => GoodHost with { Extensions = [CertificateOption.PermitPty] },
            "a critical option" => GoodHost with { CriticalOptions = [CertificateOption.ForceCommand("x")] },
            "no principal" => GoodHost with { ValidPrincipals = [] },
            "a pattern" => GoodHost with { ValidPrincipals = ["*.example.com"] },
            "a login" => GoodHost with { ValidPrincipals = ["deploy@acme/production/web"] },
            "capitals" => GoodHost with { ValidPrincipals = ["Web.example.com"] },
            "a port" => GoodHost with { ValidPrincipals = ["[web.example.com]:22"] },
            _ => GoodHost with { KeyId = "alice" },
        };
        Assert.Null(Prepare(content, out string? fault));
        Assert.False(string.IsNullOrEmpty(fault));
    }

    public void Dispose()
    {
        _ca.Dispose();
        _subject.Dispose();
    }

    private PreparedCertificate? Prepare(CertificateContent content, out string? fault) =>
        CertificateLinter.Prepare(new CertificateDraft(content, Now, Life), _ca.PublicKey, out fault);
}
