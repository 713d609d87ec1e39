using System.Text;
using System.Text.Json.Nodes;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Callers.OpenId;

namespace SshFunctions.Core.Tests.Callers.OpenId;

public sealed class AppServicePrincipalTests
{
    private const string Tenant = "1f2e3d4c-5b6a-4798-8a7b-6c5d4e3f2a1b";
    private const string TenantClaim = "http://schemas.microsoft.com/identity/claims/tenantid";
    private const string ObjectClaim = "http://schemas.microsoft.com/identity/claims/objectidentifier";
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_900_000_000);

    private readonly OpenIdIssuers _issuers = OpenIdIssuers.Create(
        [Tokens.People],
        [
            new AppServiceIssuer
            {
                Provider = "aad",
                Tenant = Tenant,
                Mapping = Tokens.People with
                {
                    Name = "portal",
                    Subject = TemplateOf("entra:{oid}"),
                    Groups = new GroupMapping { Claim = "groups" },
                    Conditions = [new ClaimCondition("roles", [new ClaimPattern("ssh.*")])],
                },
            },
        ]).Value!;

    [Fact]
    public void Makes_a_caller_of_the_claims_of_Entra()
    {
        Caller caller = Identify(Usual).Value!.Caller;
        Assert.Equal(("entra:o1", "portal", CallerKind.Person), (caller.Subject.Text, caller.Issuer, caller.Kind));
        Assert.Equal(["dev", "ops"], caller.Groups.Select(group => group.Text).Order());
        Assert.Null(caller.Expires);
    }

    [Fact]
    public void Ends_with_the_token_that_opened_the_session()
    {
        Assert.Equal(Now.AddSeconds(1), Identify([.. Usual, ("exp", "1900000001")]).Value!.Caller.Expires);
        foreach (string end in new[] { "1900000000", "soon", "-1", "99999999999999" })
            Assert.IsType<Refusal.Unauthenticated>(Identify([.. Usual, ("exp", end)]).Refusal);
    }

    [Fact]
    public void Refuses_another_tenant_and_one_that_is_said_twice()
    {
        (string, string)[] rest = [.. Usual.Where(claim => claim.Type != TenantClaim)];
        Assert.IsType<Refusal.Unauthenticated>(Identify(rest).Refusal);
        Assert.IsType<Refusal.Unauthenticated>(Identify([.. rest, (TenantClaim, "9f2e3d4c-5b6a-4798-8a7b-6c5d4e3f2a1b")]).Refusal);
        Assert.IsType<Refusal.Unauthenticated>(Identify([.. Usual, ("tid", "9f2e3d4c-5b6a-4798-8a7b-6c5d4e3f2a1b")]).Refusal);
    }

    [Fact]
    public void Refuses_two_subjects_and_a_condition_that_does_not_hold()
    {
        Assert.Contains("lacks a claim", Identify([.. Usual, ("oid", "o2")]).Refusal!.Detail, StringComparison.Ordinal);
        Assert.Contains("has a roles", Identify([.. Usual.Where(claim => claim.Type != "roles")]).Refusal!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_another_provider() =>
        Assert.IsType<Refusal.Unauthenticated>(_issuers.Find(AppServicePrincipal.Parse("google", Header(Usual)).Value!).Refusal);

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"claims\":{}}")]
    [InlineData("{\"claims\":[{\"typ\":\"oid\"}]}")]
    [InlineData("{\"claims\":[{\"typ\":\"oid\",\"val\":1}]}")]
    [InlineData("{\"claims\":[{\"typ\":\"\",\"val\":\"x\"}]}")]
    [InlineData("{\"claims\":[{\"typ\":\"oid\",\"typ\":\"tid\",\"val\":\"x\"}]}")]
    [InlineData("{\"claims\":[],\"claims\":[]}")]
    [InlineData("{\"claims\":[{\"typ\":\"oid\",\"val\":\"\\ud800\"}]}")]
    [InlineData("{\"claims\":[]} ,")]
    public void Refuses_JSON_that_is_no_principal(string json) =>
        Assert.IsType<Refusal.Unauthenticated>(AppServicePrincipal.Parse("aad", Convert.ToBase64String(Encoding.UTF8.GetBytes(json))).Refusal);

    [Theory]
    [InlineData("blank", "eyJjbGFpbXMiOltdfQ= =")]
    [InlineData("no padding", "eyJjbGFpbXMiOltdfQ")]
    [InlineData("spare bits", "eyJjbGFpbXMiOltdfR==")]
    [InlineData("base64url", "_-A=")]
    [InlineData("no UTF-8", "/////w==")]
    public void Refuses_base64_that_is_not_strict(string defect, string header)
    {
        Assert.NotEmpty(defect);
        Assert.True(AppServicePrincipal.Parse("aad", "eyJjbGFpbXMiOltdfQ==").Succeeded);
        Assert.IsType<Refusal.Unauthenticated>(AppServicePrincipal.Parse("aad", header).Refusal);
    }

    [Fact]
    public void Refuses_two_of_a_name_or_of_one_tenant()
    {
        AppServiceIssuer issuer = _issuers.AppService[0];
        AppServiceIssuer other = issuer with { Mapping = issuer.Mapping with { Name = "other" } };
        Assert.IsType<Refusal.Conflict>(OpenIdIssuers.Create([Tokens.People with { Name = "portal" }], [issuer]).Refusal);
        Assert.IsType<Refusal.Conflict>(OpenIdIssuers.Create([], [issuer, other]).Refusal);
        Assert.True(OpenIdIssuers.Create([], [issuer, other with { Tenant = "9f2e3d4c-5b6a-4798-8a7b-6c5d4e3f2a1b" }]).Succeeded);
    }

    private static (string Type, string Value)[] Usual =>
        [(ObjectClaim, "o1"), (TenantClaim, Tenant.ToUpperInvariant()), ("groups", "dev"), ("groups", "ops"), ("roles", "ssh.user"), ("name", "Alice")];

    private static ClaimTemplate TemplateOf(string text)
    {
        Assert.True(ClaimTemplate.TryParse(text, out ClaimTemplate? template));
        return template;
    }

    private static string Header(IEnumerable<(string Type, string Value)> claims) => Convert.ToBase64String(Encoding.UTF8.GetBytes(new JsonObject
    {
        ["auth_typ"] = "aad",
        ["claims"] = new JsonArray([.. claims.Select(claim => new JsonObject { ["typ"] = claim.Type, ["val"] = claim.Value })]),
        ["name_typ"] = "name",
        ["role_typ"] = "roles",
    }.ToJsonString()));

    private Result<OpenIdIdentity> Identify(IEnumerable<(string Type, string Value)> claims)
    {
        AppServicePrincipal principal = AppServicePrincipal.Parse("aad", Header(claims)).Value!;
        return _issuers.Find(principal).Try(out AppServiceIssuer? issuer, out Refusal? refusal) ? issuer.Identify(principal, Now) : refusal;
    }
}
