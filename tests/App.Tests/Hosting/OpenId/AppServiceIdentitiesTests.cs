using System.Text;
using System.Text.Json.Nodes;
using SshFunctions.App.Hosting.OpenId;
using SshFunctions.Core;
using SshFunctions.Core.Callers.OpenId;

namespace SshFunctions.App.Tests.Hosting.OpenId;

public sealed class AppServiceIdentitiesTests
{
    private const string Least =
        """{"name":"portal","provider":"aad","tenant":"1f2e3d4c-5b6a-4798-8a7b-6c5d4e3f2a1b","kind":"person","subject":"entra:{oid}"}""";

    [Fact]
    public void Reads_providers_beside_issuers()
    {
        OpenIdIssuers issuers = Bind(Least.Replace("\"kind\"", "\"conditions\":{\"roles\":[\"ssh\"]},\"groups\":{\"claim\":\"groups\"},\"kind\"", StringComparison.Ordinal)).Value!;
        AppServiceIssuer issuer = Assert.Single(issuers.AppService);
        Assert.Equal(("portal", "aad", "groups"), (issuer.Mapping.Name, issuer.Provider, issuer.Mapping.Groups.Claim));
        Assert.Equal("roles", Assert.Single(issuer.Mapping.Conditions).Claim);
        Assert.Empty(issuers.All);
    }

    [Theory]
    [InlineData("name", "\"a b\"", "the name of an issuer is none")]
    [InlineData("provider", "\"\"", "issuer portal: provider is none")]
    [InlineData("provider", "\"a a\"", "issuer portal: provider is none")]
    [InlineData("provider", "\"google\"", "issuer portal: tenant is given, but google has none")]
    [InlineData("tenant", "\"common\"", "issuer portal: tenant is no GUID")]
    [InlineData("tenant", "\"{1f2e3d4c-5b6a-4798-8a7b-6c5d4e3f2a1b}\"", "issuer portal: tenant is no GUID")]
    [InlineData("kind", "\"appService\"", "issuer portal: kind is neither person nor service")]
    [InlineData("subject", "\"alice\"", "issuer portal: subject is no template")]
    [InlineData("conditions", "{\"roles\":[]}", "issuer portal: conditions.roles allows nothing")]
    [InlineData("audiences", "[\"x\"]", "appService[0].audiences is not a member here")]
    [InlineData("toIssuer", "{}", "appService[0].toIssuer is not a member here")]
    public void Names_the_provider_and_the_field_of_a_fault_and_what_would_fix_it(string member, string value, string detail)
    {
        JsonObject written = JsonNode.Parse(Least)!.AsObject();
        written[member] = "?";
        Refusal? refusal = Bind(written.ToJsonString().Replace("\"?\"", value, StringComparison.Ordinal)).Refusal;
        Assert.StartsWith(detail, refusal!.Detail, StringComparison.Ordinal);
        Assert.False(string.IsNullOrEmpty(refusal.Fix));
    }

    [Fact]
    public void Takes_a_provider_without_tenants_without_one() => Assert.Null(Assert.Single(Bind(
        """{"name":"portal","provider":"google","kind":"person","subject":"google:{sub}"}""").Value!.AppService).Tenant);

    private static Result<OpenIdIssuers> Bind(string providers) =>
        IdentitiesFile.Bind(Encoding.UTF8.GetBytes($"{{\"issuers\":[],\"appService\":[{providers}]}}"));
}
