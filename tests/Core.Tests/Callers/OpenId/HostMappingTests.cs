using SshFunctions.Core.Callers.OpenId;

namespace SshFunctions.Core.Tests.Callers.OpenId;

/// <summary>Which part of the tree a machine is, out of claims.</summary>
public sealed class HostMappingTests
{
    private const string Machine = "/subscriptions/1/resourcegroups/prod/providers/Microsoft.Compute/virtualMachines/web";

    [Theory]
    [InlineData("acme/production/{xms_mirid|last}", "acme/production/web")]
    [InlineData("acme/{env}/{app}", "acme/production/api")]
    [InlineData("acme/{env}/{app}#{index}", "acme/production/api#7")]
    [InlineData("{owner|local}/production/web", "acme/production/web")]
    public void Makes_a_place_of_claims(string template, string place) => Assert.Equal(place, Read(template));

    [Theory]
    [InlineData("an absent claim", "acme/production/{nothing}")]
    [InlineData("a claim with a slash", "acme/{path}")]
    [InlineData("a claim with a slash of the right depth", "acme/production/{path}")]
    [InlineData("a claim with a mark", "acme/production/{marked}")]
    [InlineData("an empty last part", "acme/production/{folder|last}")]
    [InlineData("a name in capitals", "acme/production/{loud}")]
    [InlineData("an index that is no number", "acme/production/web#{env}")]
    [InlineData("an index beyond the last", "acme/production/web#{big}")]
    public void Makes_nothing_of(string what, string template) => Assert.True(Read(template) is null, what);

    [Theory]
    [InlineData("acme/{env}")]
    [InlineData("acme/{env}/web/{app}")]
    [InlineData("acme/production/web")]
    [InlineData("{env}")]
    [InlineData("acme/production/{app}#")]
    [InlineData("acme/production/{app}#{index}#{index}")]
    [InlineData("ACME/production/{app}")]
    [InlineData("acme/production/{app|first}")]
    public void Refuses_a_template_that_makes_no_place_or_names_no_claim(string template) => Assert.False(HostMapping.TryParse(template, out _));

    [Fact]
    public void An_issuer_without_a_template_makes_no_host_and_takes_its_callers_as_ever()
    {
        Assert.True(Tokens.Identify(Tokens.People, Tokens.Alice).Try(out OpenIdIdentity? identity, out _));
        Assert.Null(identity.Host);
    }

    private static string? Read(string template)
    {
        HostMapping? mapping = HostMapping.TryParse(template, out HostMapping? parsed) ? parsed : null;
        Result<OpenIdIdentity> result = Tokens.Identify(Tokens.People with { Host = mapping }, Tokens.Alice
            .With("xms_mirid", Machine).With("env", "production").With("app", "api").With("index", 7).With("owner", "acme@example.com")
            .With("path", "production/web").With("marked", "web#1").With("folder", "a/").With("loud", "WEB").With("big", 10_000));
        Assert.True(result.Succeeded);
        return result.Value.Host?.ToString();
    }
}
