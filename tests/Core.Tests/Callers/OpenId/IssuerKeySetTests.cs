using System.Text;
using System.Text.Json.Nodes;
using SshFunctions.Core.Callers.OpenId;
using SshFunctions.Support.OpenId;

namespace SshFunctions.Core.Tests.Callers.OpenId;

public sealed class IssuerKeySetTests
{
    [Theory]
    [InlineData("use", "enc")]
    [InlineData("alg", "RSA-OAEP")]
    [InlineData("kty", "oct")]
    [InlineData("crv", "secp256k1")]
    [InlineData("kid", "")]
    [InlineData("x", "AA")]
    [InlineData("x", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("y", "=")]
    public void Passes_over_a_key_that_can_not_sign_tokens(string member, string value)
    {
        JsonObject other = Tokens.Ec.Jwk;
        other["kid"] = "other";
        other[member] = value;

        IssuerKeySet keys = Tokens.KeySet(other, Tokens.Ec.Jwk);

        Assert.Equal(1, keys.Count);
        Assert.True(keys.Contains("key-1"));
        Assert.False(keys.Contains("other"));
    }

    [Fact]
    public void Passes_over_a_key_whose_operations_are_others()
    {
        JsonObject other = Tokens.Ec.Jwk;
        other["key_ops"] = new JsonArray("deriveKey");

        Assert.IsType<Refusal.Invalid>(Tokens.Parse(other).Refusal);
    }

    [Fact]
    public void Passes_over_an_rsa_key_of_less_than_2048_bits()
    {
        using SigningKey small = SigningKey.Make("RS256", "small", 1024);

        Assert.Equal(1, Tokens.KeySet(small.Jwk, Tokens.Rsa.Jwk).Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"keys\":{}}")]
    [InlineData("{\"keys\":[]}")]
    [InlineData("{\"keys\":[null,1,\"x\",{\"kid\":\"\\ud800\"}]}")]
    [InlineData("{\"keys\":[],\"keys\":[]}")]
    [InlineData("<html>")]
    public void Refuses_what_is_no_key_set(string document) =>
        Assert.IsType<Refusal.Invalid>(IssuerKeySet.Parse(Encoding.UTF8.GetBytes(document)).Refusal);
}
