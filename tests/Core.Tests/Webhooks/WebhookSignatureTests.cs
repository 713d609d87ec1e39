using System.Collections.Immutable;
using SshFunctions.Core.Webhooks;

namespace SshFunctions.Core.Tests.Webhooks;

public sealed class WebhookSignatureTests
{
    private const string Known = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string Other = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    private const string Right = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    private static readonly WebhookStamp Stamp = new("msg_p5jXN8AQM9LWM0D4loKWxJek", DateTimeOffset.FromUnixTimeSeconds(1_614_265_330));

    private static ReadOnlySpan<byte> Body => "{\"test\": 2432232314}"u8;

    [Fact]
    public void Signs_as_the_published_example_of_Standard_Webhooks() => Assert.Equal(Right, WebhookSignature.Sign(Stamp, Body, SecretsOf(Known)));

    [Fact]
    public void Signs_once_with_each_secret()
    {
        string both = WebhookSignature.Sign(Stamp, Body, SecretsOf(Known, Other));
        Assert.StartsWith(Right + " v1,", both, StringComparison.Ordinal);
        Assert.True(WebhookSignature.IsRight(Stamp, Body, both, SecretsOf(Other)));
    }

    [Theory]
    [InlineData(Right, true)]
    [InlineData("v1a,AAAA " + Right, true)]
    [InlineData("v1,AAAA " + Right, true)]
    [InlineData("g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", false)]
    [InlineData("v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", false)]
    [InlineData("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OA=", false)]
    [InlineData("v1,", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    [InlineData("x x x x x x x x " + Right, false)]
    public void Takes_only_a_right_one_among_the_first_eight(string? signatures, bool expected) =>
        Assert.Equal(expected, WebhookSignature.IsRight(Stamp, Body, signatures, SecretsOf(Other, Known)));

    [Fact]
    public void Binds_identifier_time_and_body()
    {
        ImmutableArray<WebhookSecret> secrets = SecretsOf(Known);
        Assert.False(WebhookSignature.IsRight(Stamp with { Id = "msg_2" }, Body, Right, secrets));
        Assert.False(WebhookSignature.IsRight(Stamp with { Time = Stamp.Time.AddSeconds(1) }, Body, Right, secrets));
        Assert.False(WebhookSignature.IsRight(Stamp, "{\"test\": 2432232315}"u8, Right, secrets));
        Assert.False(WebhookSignature.IsRight(Stamp, Body, Right, SecretsOf(Other)));
    }

    [Theory]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")] // no prefix
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLa")] // 23 bytes less
    [InlineData("whsec_not base64 at all, and long enough")]
    [InlineData("whsec_")]
    [InlineData("")]
    [InlineData(null)]
    public void Refuses_what_is_no_secret(string? text) => Assert.False(WebhookSecret.TryParse(text, out _));

    [Fact]
    public void A_secret_never_prints_itself()
    {
        Assert.True(WebhookSecret.TryParse(Known + "\n", out WebhookSecret? secret));
        Assert.Equal("(secret)", secret.ToString());
        secret.Dispose();
    }

    [Theory]
    [InlineData("msg_1", "1614265330", true)]
    [InlineData("msg.1", "1614265330", false)]
    [InlineData("msg 1", "1614265330", false)]
    [InlineData("", "1614265330", false)]
    [InlineData(null, "1614265330", false)]
    [InlineData("msg_1", "01614265330", false)]
    [InlineData("msg_1", "-1", false)]
    [InlineData("msg_1", "1614265330.5", false)]
    [InlineData("msg_1", "99999999999999999999", false)]
    [InlineData("msg_1", "253402300800", false)]
    [InlineData("msg_1", null, false)]
    public void Reads_only_well_formed_headers(string? id, string? seconds, bool expected) =>
        Assert.Equal(expected, WebhookStamp.TryParse(id, seconds, out _));

    private static ImmutableArray<WebhookSecret> SecretsOf(params string[] texts) =>
        [.. texts.Select(text => WebhookSecret.TryParse(text, out WebhookSecret? secret) ? secret : throw new InvalidOperationException(text))];
}
