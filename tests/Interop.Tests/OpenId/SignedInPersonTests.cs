using System.Net;
using System.Text.Json.Nodes;
using SshFunctions.Api;
using SshFunctions.Support.Broker;
using SshFunctions.Support.Files;
using SshFunctions.Support.OpenId;
using SshFunctions.Support.Processes;
using SshFunctions.Support.Programs;

namespace SshFunctions.Interop.Tests.OpenId;

/// <summary>People of a real OpenID Connect provider before the real broker.</summary>
public sealed class SignedInPersonTests : IDisposable
{
    private const int Patience = 180_000;
    private const string Resource = "acme/production/web";
    private const string Audience = "https://broker.example.com";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory(Timeout = Patience)]
    [InlineData(OpenIdProvider.ClientId)]
    [InlineData(OpenIdProvider.RsaClientId)]
    public async Task Knows_a_person_by_the_id_token_of_the_device_flow(string clientId)
    {
        await using OpenIdProvider provider = await OpenIdProvider.StartAsync();
        await provider.SetClaimsAsync("alice", new JsonObject { ["groups"] = new JsonArray("developers") });
        await using TestBroker broker = await StartAsync(provider);

        OpenIdTokens tokens = await provider.SignInAsync("alice", clientId);
        CallerResponse caller = await broker.As(tokens.IdToken).GetAsync<CallerResponse>(Routes.Me);

        Assert.Equal(("person", "alice@example.com", "alice", "corp"), (caller.Kind, caller.Subject, caller.UserName, caller.Issuer));
        Assert.Equal(["corp:developers"], caller.Groups);
    }

    [Fact(Timeout = Patience)]
    public async Task Knows_a_person_by_an_access_token_made_for_the_broker()
    {
        await using OpenIdProvider provider = await OpenIdProvider.StartAsync();
        await using TestBroker broker = await StartAsync(provider);

        OpenIdTokens tokens = await provider.SignInAsync("alice", resource: Audience);

        Assert.Equal("alice@example.com", (await broker.As(tokens.AccessToken).GetAsync<CallerResponse>(Routes.Me)).Subject);
    }

    [Fact(Timeout = Patience)]
    public async Task Refuses_a_person_whose_address_the_provider_has_not_verified()
    {
        await using OpenIdProvider provider = await OpenIdProvider.StartAsync();
        await provider.SetClaimsAsync("mallory", new JsonObject { ["email"] = "alice@example.com", ["email_verified"] = false });
        await using TestBroker broker = await StartAsync(provider);

        string token = (await provider.SignInAsync("mallory")).IdToken;

        await RefusedAsync(broker.As(token), HttpStatusCode.Unauthorized, "has not verified");
    }

    [Fact(Timeout = Patience)]
    public async Task Sees_new_keys_of_the_provider_at_once()
    {
        await using OpenIdProvider provider = await OpenIdProvider.StartAsync();
        await using TestBroker broker = await StartAsync(provider);
        BrokerApi before = broker.As((await provider.SignInAsync("alice")).IdToken);
        await before.GetAsync<CallerResponse>(Routes.Me);

        await provider.RotateKeysAsync(keepOld: false);

        await broker.As((await provider.SignInAsync("alice")).IdToken).GetAsync<CallerResponse>(Routes.Me);
        await RefusedAsync(before, HttpStatusCode.Unauthorized, "a key that corp does not have");
    }

    [Fact(Timeout = Patience)]
    public async Task Goes_on_while_the_provider_is_away()
    {
        await using OpenIdProvider provider = await OpenIdProvider.StartAsync();
        await using TestBroker broker = await StartAsync(provider);
        BrokerApi alice = broker.As((await provider.SignInAsync("alice")).IdToken);
        BrokerApi bob = broker.As((await provider.SignInAsync("bob")).IdToken);
        await alice.GetAsync<CallerResponse>(Routes.Me);

        await provider.StopAsync();

        await alice.GetAsync<CallerResponse>(Routes.Me);
        Assert.Equal("bob@example.com", (await bob.GetAsync<CallerResponse>(Routes.Me)).Subject);
    }

    [Fact(Timeout = Patience)]
    public async Task Starts_while_the_provider_is_away_and_says_503_and_not_401()
    {
        await using OpenIdProvider provider = await OpenIdProvider.StartAsync();
        string token = (await provider.SignInAsync("alice")).IdToken;
        await provider.StopAsync();

        await using TestBroker broker = await StartAsync(provider);

        await RefusedAsync(broker.As(token), HttpStatusCode.ServiceUnavailable, "be fetched, so its token");
        await broker.Admin.GetAsync<CallerResponse>(Routes.Me);
    }

    [Fact(Timeout = Patience)]
    public async Task Gives_no_certificate_a_longer_life_than_the_token_that_bought_it()
    {
        await using OpenIdProvider provider = await OpenIdProvider.StartAsync();
        await provider.SetLifeAsync(TimeSpan.FromSeconds(120));
        await using TestBroker broker = await StartAsync(provider);
        await broker.Admin.PutResourceAsync(Resource, new ResourceRequest([new HostAddress("web.example.com")], ["deploy"]));
        await broker.Admin.GrantAsync("alice", "alice@example.com", Resource);
        BrokerApi alice = broker.As((await provider.SignInAsync("alice")).IdToken);
        CallerResponse caller = await alice.GetAsync<CallerResponse>(Routes.Me);

        UserCertificateResponse minted = await alice.IssueAsync(Keygen.Keys.Subject("ed25519").ToText(), Resource, "deploy");

        Assert.True(minted.ValidBefore <= caller.Expires, $"{minted.ValidBefore:u} is after {caller.Expires:u}");
        JournalEntryResponse entry = Assert.Single(await broker.Admin.JournalAsync("certificate.issued"));
        Assert.Equal(("alice@example.com", "corp"), (entry.Subject, entry.Issuer));
    }

    [Fact(Timeout = Patience)]
    public async Task Does_not_start_on_a_wrong_file_and_names_file_issuer_and_field()
    {
        string file = _folder.Write("identities.json", """
            {"issuers":[{"name":"corp","issuer":"https://idp.example.com","audiences":["sshfn"],"kind":"person","subject":"{email}","algorithms":["HS256"]}]}
            """);

        ProcessRun run = await ProcessRun.ToEndAsync(
            ProductProgram.Broker.Path, ["serve", "--data", _folder["data"], "--listen", "http://127.0.0.1:0", "--identities", file]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"error: --identities {file}: issuer corp: algorithms has one that no token may be signed with", run.Error, StringComparison.Ordinal);
        Assert.Contains("hint: choose from RS256", run.Error, StringComparison.Ordinal);
    }

    private async Task<TestBroker> StartAsync(OpenIdProvider provider)
    {
        string file = _folder.Write("identities.json", $$"""
            {"issuers":[{"name":"corp","issuer":"{{provider.Issuer}}","audiences":["sshfn","sshfn-rsa","{{Audience}}"],"algorithms":["ES256","RS256"],
              "kind":"person","subject":"{email}","userName":"{email|local}","groups":{"claim":"groups","prefix":"corp:"},"clientId":"sshfn"}]}
            """);
        return await TestBroker.StartAsync(_folder, ["--identities", file]);
    }

    private static async Task RefusedAsync(BrokerApi caller, HttpStatusCode status, string why)
    {
        using HttpResponseMessage answer = await caller.Http.GetAsync(new Uri(Routes.Me, UriKind.Relative));
        Assert.Equal(status, answer.StatusCode);
        Assert.Contains(why, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(status == HttpStatusCode.ServiceUnavailable, answer.Headers.RetryAfter is not null);
    }
}
