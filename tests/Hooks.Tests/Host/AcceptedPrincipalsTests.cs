using SshFunctions.Hooks.Host;
using SshFunctions.Ssh.Certificates;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.Hooks.Tests.Host;

public sealed class AcceptedPrincipalsTests
{
    private const string Web = "acme/production/web";
    private const string Limits =
        "restrict,pty,agent-forwarding,X11-forwarding,user-rc,port-forwarding,permitlisten=\"127.0.0.1:1\",";

    [Fact]
    public void A_certificate_without_targets_enters_as_login_at_path() =>
        Assert.Equal("deploy@acme/production/web\n", AcceptedPrincipals.LinesFor(Web, "deploy", Certificate(null)));

    [Fact]
    public void Targets_become_permitopen_and_the_plain_principal_is_not_taken_beside_them() => Assert.Equal(
        Limits + "permitopen=\"127.0.0.1:5432\",permitopen=\"[::1]:6379\" limited:deploy@acme/production/web\n",
        AcceptedPrincipals.LinesFor(Web, "deploy", Certificate("127.0.0.1:5432,[::1]:6379")));

    [Fact]
    public void A_single_use_certificate_enters_only_where_each_connection_is_asked_about()
    {
        string certificate = Certificate(null, isSingleUse: true);

        Assert.Null(AcceptedPrincipals.LinesFor(Web, "deploy", certificate));
        Assert.Equal("limited:deploy@acme/production/web\n", AcceptedPrincipals.LinesFor(Web, "deploy", certificate, takesSingleUse: true));
    }

    [Fact]
    public void A_single_use_certificate_keeps_to_its_targets()
    {
        string certificate = Certificate("127.0.0.1:5432", isSingleUse: true);

        Assert.Null(AcceptedPrincipals.LinesFor(Web, "deploy", certificate));
        Assert.Equal(
            Limits + "permitopen=\"127.0.0.1:5432\" limited:deploy@acme/production/web\n",
            AcceptedPrincipals.LinesFor(Web, "deploy", certificate, takesSingleUse: true));
    }

    [Fact]
    public void Where_single_use_is_taken_other_certificates_enter_as_ever() =>
        Assert.Equal("deploy@acme/production/web\n", AcceptedPrincipals.LinesFor(Web, "deploy", Certificate(null), takesSingleUse: true));

    [Theory]
    [InlineData("127.0.0.1:5432\",pty,permitopen=\"*:*")]
    [InlineData("*:*")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1:0")]
    [InlineData("127.0.0.1:65536")]
    [InlineData("127.0.0.1:5432,")]
    [InlineData("127.0.0.1:*")]
    [InlineData("a b:22")]
    public void Targets_of_another_form_let_nobody_in(string targets) => Assert.Null(AcceptedPrincipals.LinesFor(Web, "deploy", Certificate(targets)));

    [Theory]
    [InlineData("acme/production", "deploy")]
    [InlineData("acme//web", "deploy")]
    [InlineData("acme/../web", "deploy")]
    [InlineData("acme/production/.web", "deploy")]
    [InlineData("acme/production/web-", "deploy")]
    [InlineData("/acme/production/web", "deploy")]
    [InlineData("acme/production/web\n*", "deploy")]
    [InlineData(Web, "deploy\nroot")]
    [InlineData(Web, "de ploy")]
    [InlineData(Web, "")]
    [InlineData(Web, "limited:deploy")]
    public void A_resource_or_login_of_another_form_lets_nobody_in(string resource, string login) =>
        Assert.Null(AcceptedPrincipals.LinesFor(resource, login, Certificate(null)));

    [Fact]
    public void Two_dots_inside_a_name_are_a_name_as_to_the_broker() =>
        Assert.Equal("deploy@acme/production/w..eb\n", AcceptedPrincipals.LinesFor("acme/production/w..eb", "deploy", Certificate(null)));

    [Theory]
    [InlineData("")]
    [InlineData("not base64")]
    [InlineData("AAAA")]
    public void What_is_no_certificate_lets_nobody_in(string certificate) =>
        Assert.Null(AcceptedPrincipals.LinesFor(Web, "deploy", certificate));

    private static string Certificate(string? targets, bool isSingleUse = false)
    {
        using SshPrivateKey ca = SshPrivateKey.GenerateEcdsa(256);
        using SshPrivateKey subject = SshPrivateKey.GenerateEcdsa(256);
        DateTimeOffset start = new(2030, 1, 31, 12, 0, 0, TimeSpan.Zero);
        var content = new CertificateContent
        {
            SubjectKey = subject.PublicKey,
            Serial = 1,
            Type = CertificateType.User,
            KeyId = "alice",
            ValidPrincipals = [targets is null && !isSingleUse ? "deploy@acme/production/web" : "limited:deploy@acme/production/web"],
            ValidAfter = start,
            ValidBefore = start.AddMinutes(5),
            Extensions =
            [
                .. targets is null ? Array.Empty<CertificateOption>() : [CertificateOption.WithValue(LimitedPrincipal.ForwardTargetsOption, targets)],
                .. isSingleUse ? [new CertificateOption(LimitedPrincipal.SingleUseOption, default)] : Array.Empty<CertificateOption>(),
            ],
        };
        byte[] toBeSigned = content.ToBeSigned(ca.PublicKey);
        return Convert.ToBase64String(SshCertificate.Assemble(toBeSigned, ca.Sign(toBeSigned)).Wire.Span);
    }
}
