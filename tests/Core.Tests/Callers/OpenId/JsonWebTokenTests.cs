using System.Text;
using System.Text.Json.Nodes;
using SshFunctions.Core.Callers.OpenId;
using SshFunctions.Support.OpenId;

namespace SshFunctions.Core.Tests.Callers.OpenId;

/// <summary>The form of a token, which is judged before anything in it.</summary>
public sealed class JsonWebTokenTests
{
    private const string Header = """{"alg":"ES256","kid":"key-1"}""";

    [Fact]
    public void Reads_what_the_header_and_payload_say()
    {
        JsonWebToken token = JsonWebToken.Parse(Tokens.Ec.Sign(Tokens.Alice)).Value!;

        Assert.Equal(("ES256", "key-1", Tokens.Issuer), (token.Algorithm, token.KeyId, token.Issuer));
    }

    [Theory]
    [InlineData("a duplicate member of the header", """{"alg":"ES256","alg":"ES256","kid":"key-1"}""", "{}", "header")]
    [InlineData("a duplicate claim", Header, """{"sub":"alice","sub":"root"}""", "payload")]
    [InlineData("a duplicate claim in another spelling", Header, """{"sub":"alice","s\u0075b":"root"}""", "payload")]
    [InlineData("a duplicate member below", Header, """{"act":{"sub":"alice","sub":"root"}}""", "payload")]
    [InlineData("a critical extension", """{"alg":"ES256","kid":"key-1","crit":["b64"],"b64":false}""", "{}", "demands extensions in crit")]
    [InlineData("an empty list of critical extensions", """{"alg":"ES256","kid":"key-1","crit":[]}""", "{}", "demands extensions in crit")]
    [InlineData("no algorithm", """{"kid":"key-1"}""", "{}", "names no algorithm")]
    [InlineData("an algorithm that is no text", """{"alg":256,"kid":"key-1"}""", "{}", "names no algorithm")]
    [InlineData("no key", """{"alg":"ES256"}""", "{}", "names no key")]
    [InlineData("an empty key", """{"alg":"ES256","kid":""}""", "{}", "names no key")]
    [InlineData("a logout token", """{"alg":"ES256","kid":"key-1","typ":"logout+jwt"}""", "{}", "another type")]
    [InlineData("a header that is no object", "[]", "{}", "header")]
    [InlineData("a payload that is no object", Header, "\"alice\"", "payload")]
    [InlineData("a comment", Header, "{/**/}", "payload")]
    [InlineData("two objects", Header, "{}{}", "payload")]
    [InlineData("a member name that is no text", Header, """{"\ud800":1}""", "payload")]
    [InlineData("nesting without end", Header, "{\"a\":[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]}", "payload")]
    public void Refuses(string defect, string header, string payload, string why)
    {
        Refusal? refusal = JsonWebToken.Parse(Tokens.Ec.SignText(header, payload)).Refusal;

        Assert.True(refusal is Refusal.Unauthenticated, defect);
        Assert.Contains(why, refusal.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("a.b")]
    [InlineData("a.b.c.d")]
    [InlineData("a.b.c.d.e")]
    public void Refuses_any_other_number_of_parts_and_so_every_encrypted_token(string text) =>
        Assert.Contains("three parts", JsonWebToken.Parse(text).Refusal?.Detail, StringComparison.Ordinal);

    [Theory]
    [InlineData("padding", "e30=")]
    [InlineData("white space", "e 30")]
    [InlineData("base64, not base64url", "e30+")]
    [InlineData("a spare bit", "e31")]
    [InlineData("a lone character", "e30eA")]
    [InlineData("nothing", "")]
    public void Refuses_another_spelling_of_the_same_bytes(string defect, string payload)
    {
        string[] parts = Tokens.Ec.Sign(Tokens.Alice).Split('.');

        Refusal? refusal = JsonWebToken.Parse($"{parts[0]}.{payload}.{parts[2]}").Refusal;

        Assert.True(refusal is Refusal.Unauthenticated, defect);
        Assert.Contains("not base64url", refusal.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_bytes_that_are_not_UTF_8()
    {
        string[] parts = Tokens.Ec.Sign(Tokens.Alice).Split('.');
        string payload = SigningKey.Encode([.. Encoding.ASCII.GetBytes("{\"sub\":\""), 0xC3, 0x28, .. Encoding.ASCII.GetBytes("\"}")]);

        Assert.IsType<Refusal.Unauthenticated>(JsonWebToken.Parse($"{parts[0]}.{payload}.{parts[2]}").Refusal);
    }

    [Fact]
    public void Refuses_an_oversized_token()
    {
        string token = Tokens.Ec.Sign(new JsonObject { ["sub"] = new string('a', JsonWebToken.MaximumLength) });

        Assert.Contains("longer than 16384", JsonWebToken.Parse(token).Refusal?.Detail, StringComparison.Ordinal);
    }
}
