using System.Net;
using System.Text.Json.Nodes;
using SshFunctions.Api;
using SshFunctions.Support.Broker;
using SshFunctions.Support.Files;
using SshFunctions.Support.OpenId;

namespace SshFunctions.Interop.Tests.OpenId;

/// <summary>A CI job with the claims of GitHub Actions before the real broker: no secret is stored anywhere.</summary>
public sealed class ContinuousIntegrationTests : IDisposable
{
    private const int Patience = 180_000;
    private const string Resource = "acme/production/web";

    private readonly TemporaryFolder _folder = new();
    private readonly SigningIssuer _issuer = new();

    public void Dispose()
    {
        _issuer.Dispose();
        _folder.Dispose();
    }

    [Fact(Timeout = Patience)]
    public async Task Mints_for_the_repository_and_branch_of_the_conditions()
    {
        await using TestBroker broker = await StartAsync();

        using HttpResponseMessage answer = await MintAsync(broker, Job());

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        JournalEntryResponse entry = Assert.Single(await broker.Admin.JournalAsync("certificate.issued"));
        Assert.Equal(("ci:acme/app", "github"), (entry.Subject, entry.Issuer));
    }

    [Theory(Timeout = Patience)]
    [InlineData("another branch", "acme/app", "refs/heads/feature")]
    [InlineData("a pull request", "acme/app", "refs/pull/7/merge")]
    [InlineData("another repository", "acme/other", "refs/heads/main")]
    [InlineData("a fork of the same name", "mallory/app", "refs/heads/main")]
    public async Task Mints_nothing_for(string what, string repository, string reference)
    {
        await using TestBroker broker = await StartAsync();

        using HttpResponseMessage answer = await MintAsync(broker, _issuer.CiClaims(Now, repository, reference));

        Assert.True(answer.StatusCode == HttpStatusCode.Unauthorized, what);
        Assert.Empty(await broker.Admin.JournalAsync("certificate.issued"));
    }

    [Fact(Timeout = Patience)]
    public async Task Mints_nothing_for_another_environment()
    {
        await using TestBroker broker = await StartAsync();
        JsonObject claims = Job();
        claims["environment"] = "staging";

        using HttpResponseMessage answer = await MintAsync(broker, claims);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact(Timeout = Patience)]
    public async Task Buys_once_with_one_token_also_when_asked_for_two_at_once()
    {
        await using TestBroker broker = await StartAsync();
        JsonObject claims = Job();

        HttpResponseMessage[] answers = await Task.WhenAll(MintAsync(broker, claims), MintAsync(broker, claims), MintAsync(broker, claims));

        Assert.Equal(
            [HttpStatusCode.OK, HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized], answers.Select(answer => answer.StatusCode).Order());
        Assert.Single(await broker.Admin.JournalAsync("certificate.issued"));
    }

    [Fact(Timeout = Patience)]
    public async Task Remembers_a_used_token_over_a_restart()
    {
        string token = _issuer.Sign(Job());
        await using (TestBroker first = await StartAsync())
        {
            await first.As(token).GetAsync<CallerResponse>(Routes.Me);
            await first.KillAsync();
        }

        await using TestBroker second = await StartAsync(again: true);
        using HttpResponseMessage answer = await second.As(token).Http.GetAsync(new Uri(Routes.Me, UriKind.Relative));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("was used before", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private JsonObject Job() => _issuer.CiClaims(Now);

    private async Task<TestBroker> StartAsync(bool again = false)
    {
        string file = _folder.Write("identities.json", $$"""
            {"issuers":[{"name":"github","issuer":"{{_issuer.Issuer}}","audiences":["sshfn"],"algorithms":["ES256"],"kind":"service",
              "subject":"ci:{repository}","singleUse":true,
              "conditions":{"repository":["acme/app"],"ref":["refs/heads/main","refs/tags/v*"],"environment":["prod*"]} }]}
            """);
        TestBroker broker = await TestBroker.StartAsync(_folder, ["--identities", file]);
        if (again) return broker;
        await broker.Admin.PutResourceAsync(Resource, new ResourceRequest([new HostAddress("web.example.com")], ["deploy"]));
        await broker.Admin.GrantAsync("app-ci", "ci:acme/app", Resource);
        return broker;
    }

    private async Task<HttpResponseMessage> MintAsync(TestBroker broker, JsonObject claims) => await broker.As(_issuer.Sign(claims)).SendAsync(
        HttpMethod.Post,
        Routes.UserCertificates,
        new JsonObject { ["publicKey"] = Keygen.Keys.Subject("ed25519").ToText(), ["resource"] = Resource, ["login"] = "deploy" }.ToJsonString());
}
