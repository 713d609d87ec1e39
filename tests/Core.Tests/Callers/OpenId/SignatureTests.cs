using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using SshFunctions.Core.Callers.OpenId;
using SshFunctions.Support.OpenId;

namespace SshFunctions.Core.Tests.Callers.OpenId;

/// <summary>Who signed, with what.</summary>
public sealed class SignatureTests
{
    private static readonly OpenIdIssuer ByRsa = Tokens.People with { Algorithms = Tokens.Algorithms("RS256") };

    [Theory(Timeout = 30_000)]
    [InlineData("RS256")]
    [InlineData("RS384")]
    [InlineData("RS512")]
    [InlineData("PS256")]
    [InlineData("PS384")]
    [InlineData("PS512")]
    [InlineData("ES256")]
    [InlineData("ES384")]
    [InlineData("ES512")]
    public async Task Takes_a_token_signed_with_a_pinned_algorithm(string algorithm)
    {
        using SigningKey key = await Task.Run(() => SigningKey.Make(algorithm));
        OpenIdIssuer issuer = Tokens.People with { Algorithms = Tokens.Algorithms(algorithm) };

        Result<OpenIdIdentity> result = Tokens.Identify(issuer, key.Sign(Tokens.Alice), key);

        Assert.Equal("alice@example.com", result.Value?.Caller.Subject.Text);
    }

    [Fact]
    public void Refuses_a_forged_signature()
    {
        using SigningKey thief = SigningKey.Make("ES256");

        Tokens.Refused(Tokens.Identify(Tokens.People, thief.Sign(Tokens.Alice)), "is not signed by idp");
    }

    [Fact]
    public void Refuses_claims_put_under_the_signature_of_others()
    {
        string[] genuine = Tokens.Ec.Sign(Tokens.Alice).Split('.');
        string claims = SigningKey.Encode(Encoding.UTF8.GetBytes(Tokens.Alice.With("email", "root@example.com").ToJsonString()));

        Tokens.Refused(Tokens.Identify(Tokens.People, $"{genuine[0]}.{claims}.{genuine[2]}"), "is not signed by idp");
    }

    [Theory]
    [InlineData("none")]
    [InlineData("None")]
    [InlineData("HS256")]
    [InlineData("ES256K")]
    [InlineData("EdDSA")]
    public void Refuses_an_algorithm_that_is_not_pinned_whatever_the_signature(string algorithm) => Tokens.Refused(
        Tokens.Identify(Tokens.People, Tokens.Ec.Sign(Tokens.Alice, new JsonObject { ["alg"] = algorithm })), "an algorithm that idp does not use");

    [Fact]
    public void Refuses_a_token_without_a_signature()
    {
        string unsigned = Tokens.Ec.Sign(Tokens.Alice, new JsonObject { ["alg"] = "none" });

        Tokens.Refused(Tokens.Identify(Tokens.People, unsigned[..(unsigned.LastIndexOf('.') + 1)]), "not base64url");
    }

    [Fact]
    public void Refuses_a_token_signed_with_the_public_key_taken_for_a_shared_secret()
    {
        string unsigned = Tokens.Rsa.Sign(Tokens.Alice, new JsonObject { ["alg"] = "HS256" });
        string text = unsigned[..unsigned.LastIndexOf('.')];
        byte[] mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(Tokens.Rsa.PublicPem), Encoding.ASCII.GetBytes(text));

        Tokens.Refused(Tokens.Identify(ByRsa, $"{text}.{SigningKey.Encode(mac)}", Tokens.Rsa), "an algorithm that idp does not use");
    }

    [Fact]
    public void Refuses_to_be_configured_with_none_or_a_shared_secret() =>
        Assert.All(["none", "HS256", "HS384", "HS512"], name => Assert.Null(SignatureAlgorithm.Find(name)));

    [Fact]
    public void Refuses_an_rsa_algorithm_over_an_elliptic_key()
    {
        OpenIdIssuer both = Tokens.People with { Algorithms = Tokens.Algorithms("ES256", "RS256") };

        Tokens.Refused(
            Tokens.Identify(both, Tokens.Ec.Sign(Tokens.Alice, new JsonObject { ["alg"] = "RS256" })), "a key that idp does not have for RS256");
    }

    [Fact]
    public void Refuses_an_elliptic_algorithm_over_a_key_of_another_curve()
    {
        using SigningKey key = SigningKey.Make("ES384");
        JsonObject jwk = key.Jwk;
        jwk.Remove("alg");
        JsonWebToken token = JsonWebToken.Parse(key.Sign(Tokens.Alice, new JsonObject { ["alg"] = "ES256" })).Value!;

        Tokens.Refused(Tokens.People.Identify(token, Tokens.KeySet(jwk), Tokens.Now), "a key that idp does not have for ES256");
    }

    [Fact]
    public void Refuses_another_padding_than_the_key_was_published_for()
    {
        OpenIdIssuer both = Tokens.People with { Algorithms = Tokens.Algorithms("PS256", "RS256") };

        Tokens.Refused(
            Tokens.Identify(both, Tokens.Rsa.Sign(Tokens.Alice, new JsonObject { ["alg"] = "PS256" }), Tokens.Rsa), "does not have for PS256");
    }

    [Fact]
    public void Refuses_a_signature_in_the_encoding_of_certificates()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        string token = Tokens.Ec.Sign(Tokens.Alice);
        string text = token[..token.LastIndexOf('.')];
        byte[] der = key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

        Tokens.Refused(Tokens.Identify(Tokens.People, $"{text}.{SigningKey.Encode(der)}"), "is not signed by idp");
    }

    [Fact]
    public void Refuses_a_key_that_the_issuer_does_not_have() => Tokens.Refused(
        Tokens.Identify(Tokens.People, Tokens.Ec.Sign(Tokens.Alice, new JsonObject { ["kid"] = "key-2" })), "a key that idp does not have");
}
