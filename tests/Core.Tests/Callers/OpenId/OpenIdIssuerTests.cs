using System.Text.Json.Nodes;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Callers.OpenId;

namespace SshFunctions.Core.Tests.Callers.OpenId;

/// <summary>What a genuine token must say to prove anybody.</summary>
public sealed class OpenIdIssuerTests
{
    private static readonly long Now = Tokens.Now.ToUnixTimeSeconds();

    [Fact]
    public void Proves_a_caller_until_the_token_expires()
    {
        Caller caller = Tokens.Accepted(Tokens.People, Tokens.Alice);

        Assert.Equal(
            (CallerKind.Person, "alice@example.com", null, Tokens.Now.AddSeconds(300), null, "idp"),
            (caller.Kind, caller.Subject.Text, caller.TokenId, caller.Expires, caller.UserName, caller.Issuer));
        Assert.Empty(caller.Groups);
    }

    [Theory]
    [InlineData("https://idp.example.com/")]
    [InlineData("https://IDP.example.com")]
    [InlineData("https://other.example.com")]
    public void Refuses_another_issuer(string issuer) =>
        Tokens.Refused(Tokens.Identify(Tokens.People, Tokens.Alice.With("iss", issuer)), "is of another issuer");

    [Fact]
    public void Refuses_a_token_without_an_issuer() =>
        Tokens.Refused(Tokens.Identify(Tokens.People, Tokens.Alice.Without("iss")), "is of another issuer");

    [Theory]
    [InlineData("\"other\"")]
    [InlineData("[]")]
    [InlineData("[\"other\"]")]
    [InlineData("{\"sshfn\":true}")]
    [InlineData("null")]
    public void Refuses_another_audience(string audience) =>
        Tokens.Refused(Tokens.Identify(Tokens.People, Tokens.Alice.With("aud", JsonNode.Parse(audience))), "another audience");

    [Fact]
    public void Takes_a_list_of_audiences_with_one_of_its_own() =>
        Tokens.Accepted(Tokens.People, Tokens.Alice.With("aud", new JsonArray("other", "https://broker.example.com")));

    [Theory]
    [InlineData("\"other\"", false)]
    [InlineData("7", false)]
    [InlineData("\"client\"", true)]
    [InlineData("\"sshfn\"", true)]
    public void Looks_at_who_asked_for_a_token_of_several_audiences(string party, bool taken)
    {
        OpenIdIssuer issuer = Tokens.People with { Client = new SignInClient("client", ["openid"], "id_token") };
        JsonObject claims = Tokens.Alice.With("aud", new JsonArray("sshfn", "other")).With("azp", JsonNode.Parse(party));

        Assert.Equal(taken, Tokens.Identify(issuer, claims).Succeeded);
    }

    [Theory]
    [InlineData("nbf")]
    [InlineData("iat")]
    public void Takes_a_time_that_is_a_minute_ahead_and_refuses_a_second_more(string claim)
    {
        Tokens.Accepted(Tokens.People, Tokens.Alice.With(claim, Now + 60));
        Tokens.Refused(Tokens.Identify(Tokens.People, Tokens.Alice.With(claim, Now + 61)), "is not valid yet");
    }

    [Fact]
    public void Refuses_a_token_from_the_second_at_which_it_expires_whatever_the_clocks()
    {
        string token = Tokens.Ec.Sign(Tokens.Alice);

        Assert.True(Tokens.Identify(Tokens.People, token, now: Tokens.Now.AddSeconds(299)).Succeeded);
        Tokens.Refused(Tokens.Identify(Tokens.People, token, now: Tokens.Now.AddSeconds(300)), "expired at 2030-01-31 12:05:00Z");
    }

    [Theory]
    [InlineData("exp", "\"1893499200\"")]
    [InlineData("exp", "-1")]
    [InlineData("exp", "1e400")]
    [InlineData("exp", "99999999999999999999")]
    [InlineData("nbf", "true")]
    [InlineData("iat", "null")]
    public void Refuses_a_time_that_is_none(string claim, string value) =>
        Assert.IsType<Refusal.Unauthenticated>(
            Tokens.Identify(Tokens.People, Tokens.Ec.SignText(
                """{"alg":"ES256","kid":"key-1"}""", Tokens.Alice.With(claim, "?").ToJsonString().Replace("\"?\"", value, StringComparison.Ordinal))).Refusal);

    [Fact]
    public void Refuses_a_token_that_never_expires() =>
        Tokens.Refused(Tokens.Identify(Tokens.People, Tokens.Alice.Without("exp")), "never expires");

    [Fact]
    public void Refuses_a_token_beyond_the_age_that_its_issuer_is_given()
    {
        OpenIdIssuer issuer = Tokens.People with { MaximumAge = TimeSpan.FromSeconds(60) };

        Tokens.Accepted(issuer, Tokens.Alice.With("iat", Now - 59));
        Tokens.Refused(Tokens.Identify(issuer, Tokens.Alice.With("iat", Now - 60)), "older than 60 seconds");
        Tokens.Refused(Tokens.Identify(issuer, Tokens.Alice.Without("iat")), "older than 60 seconds");
    }

    [Theory]
    [InlineData("main of the repository", "acme/app", "refs/heads/main", true)]
    [InlineData("a release", "acme/app", "refs/tags/v2.1", true)]
    [InlineData("another branch", "acme/app", "refs/heads/evil", false)]
    [InlineData("another repository", "acme/other", "refs/heads/main", false)]
    [InlineData("the beginning alone", "acme/app-fork", "refs/heads/main", false)]
    [InlineData("another letter case", "Acme/app", "refs/heads/main", false)]
    public void Lets_in_what_fits_every_condition(string what, string repository, string reference, bool taken)
    {
        OpenIdIssuer issuer = Tokens.People with
        {
            Conditions = [Tokens.Condition("repository", "acme/app"), Tokens.Condition("ref", "refs/heads/main", "refs/tags/v*")],
        };

        Result<OpenIdIdentity> result = Tokens.Identify(issuer, Tokens.Alice.With("repository", repository).With("ref", reference));

        Assert.True(taken == result.Succeeded, what);
        if (!taken) Tokens.Refused(result, "idp is not taken with");
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("\"true\"", true)]
    [InlineData("[\"no\",\"true\"]", true)]
    [InlineData("[]", false)]
    [InlineData("{\"true\":\"true\"}", false)]
    [InlineData("null", false)]
    public void Compares_truths_numbers_and_elements_of_lists_as_text(string value, bool taken)
    {
        OpenIdIssuer issuer = Tokens.People with { Conditions = [Tokens.Condition("admin", "true", "7")] };

        Assert.Equal(taken, Tokens.Identify(issuer, Tokens.Alice.With("admin", JsonNode.Parse(value))).Succeeded);
    }

    [Fact]
    public void Refuses_a_token_without_the_claim_of_a_condition_even_when_anything_would_do() => Tokens.Refused(
        Tokens.Identify(Tokens.People with { Conditions = [Tokens.Condition("environment", "*")] }, Tokens.Alice), "has a environment");

    [Fact]
    public void Asks_for_an_identifier_where_a_token_counts_once()
    {
        OpenIdIssuer issuer = Tokens.People with { SingleUse = true };

        Assert.Equal(new SingleUse(Tokens.Issuer, "one", Tokens.Now.AddSeconds(300), Tokens.Now), Tokens.Identify(issuer, Tokens.Alice).Value!.SingleUse);
        Tokens.Refused(Tokens.Identify(issuer, Tokens.Alice.Without("jti")), "has no jti");
        Assert.Null(Tokens.Identify(Tokens.People, Tokens.Alice).Value!.SingleUse);
    }

    [Fact]
    public void Tells_issuers_apart_and_refuses_two_that_a_token_could_be_of()
    {
        OpenIdIssuer jobs = Tokens.People with { Name = "jobs", Audiences = ["jobs"] };
        OpenIdIssuers issuers = OpenIdIssuers.Create([Tokens.People, jobs]).Value!;

        Assert.Equal("jobs", issuers.Find(Parse(Tokens.Alice.With("aud", "jobs"))).Value!.Name);
        Assert.Contains("another audience", issuers.Find(Parse(Tokens.Alice.With("aud", "x"))).Refusal!.Detail, StringComparison.Ordinal);
        Assert.Contains("does not take", issuers.Find(Parse(Tokens.Alice.With("iss", "x"))).Refusal!.Detail, StringComparison.Ordinal);
        Assert.Contains(
            "two issuers", issuers.Find(Parse(Tokens.Alice.With("aud", new JsonArray("jobs", "sshfn")))).Refusal!.Detail, StringComparison.Ordinal);
        Assert.IsType<Refusal.Conflict>(OpenIdIssuers.Create([Tokens.People, jobs with { Audiences = ["jobs", "sshfn"] }]).Refusal);
        Assert.IsType<Refusal.Conflict>(OpenIdIssuers.Create([Tokens.People, jobs with { Name = "idp" }]).Refusal);

        static JsonWebToken Parse(JsonObject claims) => JsonWebToken.Parse(Tokens.Ec.Sign(claims)).Value!;
    }
}
