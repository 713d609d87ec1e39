using System.Collections.Frozen;
using System.Text.Json.Nodes;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Callers.OpenId;
using SshFunctions.Core.Resources;

namespace SshFunctions.Core.Tests.Callers.OpenId;

/// <summary>Subject, groups and account name out of claims.</summary>
public sealed class IdentityMappingTests
{
    [Theory]
    [InlineData("{sub}", "248289761001")]
    [InlineData("idp:{sub}", "idp:248289761001")]
    [InlineData("{email|local}", "alice")]
    [InlineData("{repository}:{ref}", "acme/app:refs/heads/main")]
    [InlineData("{https://example.com/uid}@corp", "7@corp")]
    public void Makes_a_subject_of_claims(string template, string subject)
    {
        JsonObject claims = Tokens.Alice.With("repository", "acme/app").With("ref", "refs/heads/main").With("https://example.com/uid", 7);

        Assert.Equal(subject, Tokens.Accepted(Tokens.People with { Subject = Tokens.Template(template) }, claims).Subject.Text);
    }

    [Theory]
    [InlineData("absent", null)]
    [InlineData("empty", "\"\"")]
    [InlineData("a list", "[\"alice\"]")]
    [InlineData("null", "null")]
    [InlineData("no subject's text", "\"al ice\"")]
    [InlineData("a line break", "\"alice\\nroot\"")]
    [InlineData("a comma", "\"alice,root\"")]
    [InlineData("the broker's own name", "\"System\"")]
    [InlineData("the first admin's name", "\"bootstrap\"")]
    [InlineData("no Unicode", "\"\\ud800\"")]
    public void Refuses_a_claim_that_makes_no_subject(string what, string? value)
    {
        OpenIdIssuer issuer = Tokens.People with { Subject = Tokens.Template("{login}") };
        JsonObject claims = value is null ? Tokens.Alice : Tokens.Alice.With("login", "?");
        string payload = claims.ToJsonString().Replace("\"?\"", value, StringComparison.Ordinal);

        Result<OpenIdIdentity> result = Tokens.Identify(issuer, Tokens.Ec.SignText("""{"alg":"ES256","kid":"key-1"}""", payload));

        Assert.True(result.Refusal is Refusal.Unauthenticated, what);
    }

    [Theory]
    [InlineData("")]
    [InlineData("alice")]
    [InlineData("{}")]
    [InlineData("{email")]
    [InlineData("email}")]
    [InlineData("{{email}}")]
    [InlineData("{email|upper}")]
    [InlineData("{|local}")]
    public void Refuses_a_template_that_is_none_or_names_no_claim(string template) => Assert.False(ClaimTemplate.TryParse(template, out _));

    [Theory]
    [InlineData("false")]
    [InlineData("\"false\"")]
    [InlineData("null")]
    [InlineData("1")]
    public void Refuses_an_address_that_the_issuer_has_not_verified(string verified)
    {
        JsonObject claims = Tokens.Alice.With("email_verified", JsonNode.Parse(verified));

        Tokens.Refused(Tokens.Identify(Tokens.People, claims), "has not verified");
        Tokens.Refused(Tokens.Identify(Tokens.People with { RequireVerifiedEmail = false }, claims), "has not verified");
    }

    [Fact]
    public void Refuses_an_address_of_which_nothing_is_told_unless_the_operator_trusts_the_issuer()
    {
        JsonObject claims = Tokens.Alice.Without("email_verified");

        Tokens.Refused(Tokens.Identify(Tokens.People, claims), "has not verified");
        Tokens.Accepted(Tokens.People with { RequireVerifiedEmail = false }, claims);
    }

    [Fact]
    public void Refuses_an_unverified_address_also_in_a_condition_a_group_and_an_account_name()
    {
        OpenIdIssuer bySub = Tokens.People with { Subject = Tokens.Template("{sub}") };
        JsonObject claims = Tokens.Alice.With("email_verified", false);

        Tokens.Accepted(bySub, claims);
        Tokens.Refused(Tokens.Identify(bySub with { Conditions = [Tokens.Condition("email", "*@example.com")] }, claims), "has not verified");
        Tokens.Refused(Tokens.Identify(bySub with { Groups = new GroupMapping { Claim = "email" } }, claims), "has not verified");
        Tokens.Refused(
            Tokens.Identify(bySub with { UserName = new UserNameMapping { Template = Tokens.Template("{email|local}") } }, claims), "has not verified");
    }

    [Fact]
    public void Takes_groups_as_they_are_with_a_prefix_and_fixed_ones()
    {
        var groups = new GroupMapping { Claim = "groups", Prefix = "idp:", Fixed = [GroupName.Parse("everybody")] };

        Caller caller = Tokens.Accepted(Tokens.People with { Groups = groups }, Tokens.Alice);

        // "on call" can be no group's name.
        Assert.Equal(["everybody", "idp:developers"], caller.Groups.Select(group => group.Text).Order());
    }

    [Fact]
    public void Takes_only_the_groups_of_a_table_when_there_is_one()
    {
        var groups = new GroupMapping { Claim = "groups", Table = Tokens.Groups(("on call", "oncall")) };

        Assert.Equal(["oncall"], Tokens.Accepted(Tokens.People with { Groups = groups }, Tokens.Alice).Groups.Select(group => group.Text));
    }

    [Fact]
    public void Takes_one_group_from_a_claim_that_is_a_text() => Assert.Equal(
        ["staff"],
        Tokens.Accepted(Tokens.People with { Groups = new GroupMapping { Claim = "role" } }, Tokens.Alice.With("role", "staff"))
            .Groups.Select(group => group.Text));

    [Fact]
    public void Refuses_more_groups_than_an_access_token_could_have()
    {
        JsonArray many = [.. Enumerable.Range(0, AccessTokenRegistry.MaximumGroupCount + 1).Select(number => JsonValue.Create($"g{number}"))];

        Tokens.Refused(
            Tokens.Identify(Tokens.People with { Groups = new GroupMapping { Claim = "groups" } }, Tokens.Alice.With("groups", many)), "more than 100 groups");
    }

    [Theory]
    [InlineData("alice@example.com", "alice")]
    [InlineData("bob@example.com", "robert")]
    [InlineData("-x@example.com", null)]
    public void Makes_an_account_name_or_none(string email, string? name)
    {
        var names = new Dictionary<Subject, Login> { [Subject.Parse("bob@example.com")] = Login.Parse("robert") }.ToFrozenDictionary();
        OpenIdIssuer issuer = Tokens.People with
        {
            Subject = Tokens.Template(email[0] == '-' ? "{sub}" : "{email}"),
            UserName = new UserNameMapping { Table = names, Template = Tokens.Template("{email|local}") },
        };

        Assert.Equal(name, Tokens.Accepted(issuer, Tokens.Alice.With("email", email)).UserName?.Text);
    }

    [Theory]
    [InlineData("*", "", true)]
    [InlineData("a*c", "abbbc", true)]
    [InlineData("a*c", "ac", true)]
    [InlineData("a*c", "acx", false)]
    [InlineData("*b*", "abc", true)]
    [InlineData("prod*", "production", true)]
    [InlineData("prod*", "preprod", false)]
    [InlineData("a.c", "abc", false)]
    [InlineData("**a**", "a", true)]
    [InlineData("", "", true)]
    [InlineData("", "a", false)]
    [InlineData("*ab", "aab", true)]
    public void Matches_any_run_of_characters_with_a_star_and_nothing_else(string pattern, string value, bool matches) =>
        Assert.Equal(matches, new ClaimPattern(pattern).Matches(value));
}
