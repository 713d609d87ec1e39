using System.Text;
using Microsoft.Extensions.DependencyInjection;
using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.App.Hosting.Homes;
using SshFunctions.App.Hosting.OpenId;
using SshFunctions.App.Hosting.Settings;
using SshFunctions.App.Tests.Brokers;
using SshFunctions.Core;
using SshFunctions.Core.Callers.OpenId;
using SshFunctions.Support.Files;

namespace SshFunctions.App.Tests.Hosting;

/// <summary>Who may write App Service's headers, and when they count.</summary>
public sealed class AppServiceSignInTests : IDisposable
{
    private const string Tenant = "1f2e3d4c-5b6a-4798-8a7b-6c5d4e3f2a1b";
    private const string Provider = "X-MS-CLIENT-PRINCIPAL-IDP: aad";

    private static readonly OpenIdIssuers Issuers = IdentitiesFile.Bind(Encoding.UTF8.GetBytes(
        $$"""{"issuers":[],"appService":[{"name":"portal","provider":"aad","tenant":"{{Tenant}}","kind":"person","subject":"entra:{oid}"}]}""")).Value!;

    private static readonly string Principal = HeaderFor(Tenant);

    private readonly TemporaryFolder _folder = new();
    private readonly OneTokenAuthenticator _authenticator = new();

    public void Dispose() => _folder.Dispose();

    [Fact(Timeout = 60_000)]
    public async Task Lets_in_whom_App_Service_signed_in()
    {
        BrokerProfile profile = RunningBroker.OnLoopback with { DataDirectory = _folder["data"], Issuers = Issuers };
        await using SelfHostedBroker domain = (await SelfHostedBroker.OpenAsync(profile, TimeProvider.System, CancellationToken.None)).Value!;
        await using RunningBroker broker = await RunningBroker.StartAsync(profile, services =>
        {
            services.AddSingleton(SignIn("True"));
            domain.Register(services, profile);
        });

        string answer = await RawHttp.GetAsync(broker.Url, Routes.Me, Principal, Provider, "Sec-Fetch-Site: same-origin");

        Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal);
        Assert.Contains("\"entra:o1\"", answer, StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 401 ", await RawHttp.GetAsync(broker.Url, Routes.Me, HeaderFor(Guid.Empty.ToString()), Provider), StringComparison.Ordinal);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("the module is off", "False", "", "App Service authentication is off")]
    [InlineData("the module's switch is not there", null, "", "App Service authentication is off")]
    [InlineData("the module's switch is no truth", "1", "", "App Service authentication is off")]
    [InlineData("no provider", "True", "-provider", "are not there once each")]
    [InlineData("two providers", "True", Provider, "are not there once each")]
    [InlineData("two principals", "True", "X-MS-CLIENT-PRINCIPAL: e30=", "are not there once each")]
    [InlineData("another provider", "True", "-provider|X-MS-CLIENT-PRINCIPAL-IDP: google", "a provider or tenant that this broker does not take")]
    [InlineData("the provider in another case", "True", "-provider|X-MS-CLIENT-PRINCIPAL-IDP: AAD", "a provider or tenant that this broker does not take")]
    [InlineData("no base64", "True", "-principal|X-MS-CLIENT-PRINCIPAL: ***", "is not base64")]
    [InlineData("no JSON", "True", "-principal|X-MS-CLIENT-PRINCIPAL: e30", "is not base64")]
    [InlineData("no principal", "True", "-principal|X-MS-CLIENT-PRINCIPAL: e30=", "is not a principal")]
    [InlineData("another site", "True", "Sec-Fetch-Site: cross-site", "another site asks")]
    [InlineData("another site of the domain", "True", "Sec-Fetch-Site: same-site", "another site asks")]
    public async Task Refuses_a_principal_where_it_is_configured_and_wrong(string defect, string? enabled, string change, string detail)
    {
        Assert.NotEmpty(defect);
        await using RunningBroker broker = await StartAsync(SignIn(enabled));
        var headers = new List<string> { Principal, Provider };
        foreach (string one in change.Split('|', StringSplitOptions.RemoveEmptyEntries))
        {
            if (one == "-provider") headers.Remove(Provider);
            else if (one == "-principal") headers.Remove(Principal);
            else headers.Add(one);
        }

        string answer = await RawHttp.GetAsync(broker.Url, Probe.Path, [.. headers]);

        Assert.StartsWith("HTTP/1.1 401 ", answer, StringComparison.Ordinal);
        Assert.Contains(detail, answer, StringComparison.Ordinal);
        Assert.Equal(0, _authenticator.Asked);
    }

    [Fact(Timeout = 30_000)]
    public async Task Prefers_a_credential_that_the_client_itself_sends()
    {
        await using RunningBroker broker = await StartAsync(SignIn("True"));
        Assert.Contains("alice", await RawHttp.GetAsync(broker.Url, Probe.Path, Principal, Provider, "Authorization: Bearer id1.right"), StringComparison.Ordinal);
        Assert.StartsWith(
            "HTTP/1.1 401 ", await RawHttp.GetAsync(broker.Url, Probe.Path, Principal, Provider, "Authorization: Bearer id1.wrong"), StringComparison.Ordinal);
        Assert.Contains(
            "alice", await RawHttp.GetAsync(broker.Url, Probe.Path, Principal, Provider, "Sshfn-Client-Id: id1", "Sshfn-Client-Secret: right"), StringComparison.Ordinal);
    }

    [Theory(Timeout = 30_000)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Ignores_a_principal_where_it_is_not_configured(bool isFunctionsHome)
    {
        AppServiceSignIn none = AppServiceSignIn.Create(OpenIdIssuers.None, isFunctionsHome, _ => "True").Value!;
        await using RunningBroker broker = await StartAsync(none);
        string answer = await RawHttp.GetAsync(broker.Url, Probe.Path, Principal, Provider);
        Assert.Contains("The request has no credential.", answer, StringComparison.Ordinal);
    }

    [Fact]
    public void Does_not_start_where_anyone_could_write_the_headers()
    {
        Refusal.Invalid refusal = Assert.IsType<Refusal.Invalid>(AppServiceSignIn.Create(Issuers, isFunctionsHome: false, _ => "True").Refusal);
        Assert.Equal("identities", refusal.Field);
        Assert.Contains("portal is of appService", refusal.Detail, StringComparison.Ordinal);
    }

    private static AppServiceSignIn SignIn(string? enabled) =>
        AppServiceSignIn.Create(Issuers, isFunctionsHome: true, name => name == AppServiceSignIn.EnabledVariable ? enabled : null).Value!;

    private static string HeaderFor(string tenant)
    {
        string json = $$"""{"auth_typ":"aad","claims":[{"typ":"oid","val":"o1"},{"typ":"http://schemas.microsoft.com/identity/claims/tenantid","val":"{{tenant}}"}]}""";
        return $"{AppServiceSignIn.PrincipalHeader}: {Convert.ToBase64String(Encoding.UTF8.GetBytes(json))}";
    }

    private Task<RunningBroker> StartAsync(AppServiceSignIn signIn) => RunningBroker.StartAsync(
        services: services => services.AddSingleton(signIn).AddSingleton<ICallerAuthenticator>(_authenticator),
        more: Probe.ForCallers());
}
