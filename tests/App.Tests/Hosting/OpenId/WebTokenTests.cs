using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using SshFunctions.Api;
using SshFunctions.App.Hosting.Homes;
using SshFunctions.App.Hosting.OpenId;
using SshFunctions.App.Hosting.Settings;
using SshFunctions.App.Tests.Brokers;
using SshFunctions.Support.Files;
using SshFunctions.Support.OpenId;

namespace SshFunctions.App.Tests.Hosting.OpenId;

/// <summary>Tokens of an issuer against the whole broker, over sockets, with a clock that a test moves.</summary>
public sealed class WebTokenTests : IAsyncLifetime, IDisposable
{
    private const int Patience = 60_000;

    private readonly TemporaryFolder _folder = new();
    private readonly ManualClock _clock = new();
    private readonly SigningIssuer _issuer = new();
    private SelfHostedBroker _domain = null!;
    private RunningBroker _broker = null!;

    public async Task InitializeAsync()
    {
        string file = _folder.Write("identities.json", $$"""
            {"issuers":[
             {"name":"ci","issuer":"{{_issuer.Issuer}}","audiences":["sshfn"],"algorithms":["ES256"],"kind":"service",
              "subject":"ci:{repository}","conditions":{"ref":["refs/heads/main"]} },
             {"name":"once","issuer":"{{_issuer.Issuer}}","audiences":["once"],"algorithms":["ES256"],"kind":"service",
              "subject":"once:{repository}","singleUse":true},
             {"name":"people","issuer":"{{_issuer.Issuer}}","audiences":["app"],"algorithms":["ES256"],"kind":"person",
              "subject":"{email}","userName":"{email|local}","clientId":"app"}]}
            """);
        BrokerProfile profile = RunningBroker.OnLoopback with { DataDirectory = _folder["data"], Issuers = IdentitiesFile.Read(file).Value! };
        _domain = (await SelfHostedBroker.OpenAsync(profile, _clock, CancellationToken.None)).Value!;
        _broker = await RunningBroker.StartAsync(profile, services =>
        {
            services.AddSingleton<TimeProvider>(_clock);
            _domain.Register(services, profile);
        });
    }

    public async Task DisposeAsync()
    {
        await _broker.DisposeAsync();
        await _domain.DisposeAsync();
    }

    public void Dispose()
    {
        _issuer.Dispose();
        _folder.Dispose();
    }

    [Fact(Timeout = Patience)]
    public async Task Knows_a_job_by_its_token()
    {
        using HttpResponseMessage answer = await MeAsync(_issuer.Sign(Job()));

        CallerResponse caller = (await answer.Content.ReadFromJsonAsync(ApiJson.Default.CallerResponse))!;
        Assert.Equal(("service", "ci:acme/app", null, "ci"), (caller.Kind, caller.Subject, caller.TokenId, caller.Issuer));
        Assert.Equal(_clock.GetUtcNow().AddSeconds(300), caller.Expires);
    }

    [Fact(Timeout = Patience)]
    public async Task Gives_a_person_the_account_name_of_the_mapping()
    {
        using HttpResponseMessage answer = await MeAsync(_issuer.Sign(Alice()));

        CallerResponse caller = (await answer.Content.ReadFromJsonAsync(ApiJson.Default.CallerResponse))!;
        Assert.Equal(("person", "alice@example.com", "alice"), (caller.Kind, caller.Subject, caller.UserName));
    }

    [Fact(Timeout = Patience)]
    public async Task Takes_a_token_of_eight_kilobytes_as_large_companies_have_them()
    {
        JsonObject claims = Job();
        claims["wids"] = new string('w', 6000);

        using HttpResponseMessage answer = await MeAsync(_issuer.Sign(claims));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact(Timeout = Patience)]
    public async Task Refuses_a_token_larger_than_all_headers_may_be()
    {
        JsonObject claims = Job();
        claims["wids"] = new string('w', 16_000);

        using HttpResponseMessage answer = await MeAsync(_issuer.Sign(claims));

        Assert.Equal(HttpStatusCode.RequestHeaderFieldsTooLarge, answer.StatusCode);
    }

    [Fact(Timeout = Patience)]
    public async Task Refuses_a_token_signed_with_a_key_that_it_brings_itself()
    {
        using SigningKey thief = SigningKey.Make("ES256");
        var header = new JsonObject { ["jwk"] = thief.Jwk, ["jku"] = $"{_issuer.Issuer}/elsewhere", ["x5u"] = $"{_issuer.Issuer}/elsewhere" };

        await RefusedAsync(thief.Sign(Job(), header), "is not signed by ci");
        Assert.DoesNotContain("/elsewhere", _issuer.Requests);
    }

    [Fact(Timeout = Patience)]
    public async Task Refuses_a_forged_token()
    {
        using SigningKey thief = SigningKey.Make("ES256");

        await RefusedAsync(thief.Sign(Job()), "is not signed by ci");
    }

    [Fact(Timeout = Patience)]
    public async Task Refuses_an_encrypted_token() => await RefusedAsync("a.b.c.d.e", "does not have three parts");

    [Fact(Timeout = Patience)]
    public async Task Refuses_a_token_without_signature() =>
        await RefusedAsync(_issuer.Keys[0].Sign(Job(), new JsonObject { ["alg"] = "none" }), "an algorithm that ci does not use");

    [Fact(Timeout = Patience)]
    public async Task Refuses_a_job_of_another_branch() =>
        await RefusedAsync(_issuer.Sign(_issuer.CiClaims(_clock.GetUtcNow(), reference: "refs/heads/evil")), "a ref that ci is not taken with");

    [Fact(Timeout = Patience)]
    public async Task Refuses_a_token_for_somebody_else()
    {
        JsonObject claims = Job();
        claims["aud"] = "https://github.com/acme";

        await RefusedAsync(_issuer.Sign(claims), "for another audience");
    }

    [Fact(Timeout = Patience)]
    public async Task Refuses_a_token_of_an_issuer_that_nobody_configured()
    {
        JsonObject claims = Job();
        claims["iss"] = "https://evil.example.com";

        await RefusedAsync(_issuer.Sign(claims), "an issuer that this broker does not take");
    }

    [Fact(Timeout = Patience)]
    public async Task Refuses_a_token_that_has_expired()
    {
        string token = _issuer.Sign(Job());
        _clock.Advance(TimeSpan.FromSeconds(300));

        await RefusedAsync(token, "expired at");
    }

    [Fact(Timeout = Patience)]
    public async Task Answers_503_and_when_to_come_back_while_it_can_not_judge()
    {
        _issuer.IsAway = true;
        string token = _issuer.Sign(Job());

        using (HttpResponseMessage away = await MeAsync(token))
        {
            Problem problem = await away.ProblemAsync(HttpStatusCode.ServiceUnavailable);
            Assert.Equal(ProblemTypes.Unavailable, problem.Type);
            Assert.Equal(5, away.Headers.RetryAfter?.Delta?.TotalSeconds);
        }

        _issuer.IsAway = false;
        _clock.Advance(TimeSpan.FromSeconds(5));
        using HttpResponseMessage back = await MeAsync(token);
        Assert.Equal(HttpStatusCode.OK, back.StatusCode);
    }

    [Fact(Timeout = Patience)]
    public async Task Refuses_the_second_use_of_a_token_that_counts_once()
    {
        string token = _issuer.Sign(Once());

        using HttpResponseMessage first = await MeAsync(token);

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        await RefusedAsync(token, "was used before");
    }

    [Fact(Timeout = Patience)]
    public async Task Lets_one_of_many_uses_at_once_pass()
    {
        string token = _issuer.Sign(Once());

        HttpResponseMessage[] answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => MeAsync(token)));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        Assert.Equal(15, answers.Count(answer => answer.StatusCode == HttpStatusCode.Unauthorized));
    }

    [Fact(Timeout = Patience)]
    public async Task Does_not_let_a_forged_copy_use_a_token_up()
    {
        JsonObject claims = Once();
        using SigningKey thief = SigningKey.Make("ES256");
        await RefusedAsync(thief.Sign(claims), "is not signed by once");

        using HttpResponseMessage genuine = await MeAsync(_issuer.Sign(claims));

        Assert.Equal(HttpStatusCode.OK, genuine.StatusCode);
    }

    [Fact(Timeout = Patience)]
    public async Task Refuses_a_revoked_subject_and_keeps_its_token_unused()
    {
        string token = _issuer.Sign(Once());
        using HttpClient admin = await AdminAsync();
        await admin.PostAsJsonAsync(
            Routes.Revocations, new RevokeAccessRequest("a leak", Subject: "once:acme/app"), ApiJson.Default.RevokeAccessRequest);

        using (HttpResponseMessage refused = await MeAsync(token))
        {
            Assert.Contains("is revoked: a leak", (await refused.ProblemAsync(HttpStatusCode.Forbidden)).Detail, StringComparison.Ordinal);
        }

        using HttpResponseMessage lifted = await admin.DeleteAsync(new Uri("/api/revocations/subject:once:acme%2fapp", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NoContent, lifted.StatusCode);
        using HttpResponseMessage answer = await MeAsync(token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact(Timeout = Patience)]
    public async Task Ends_an_access_token_with_the_token_that_made_it_and_names_the_issuer_in_the_journal()
    {
        using HttpClient alice = As(_issuer.Sign(Alice()));

        using HttpResponseMessage created = await alice.PostAsJsonAsync(
            Routes.Tokens, new CreateAccessTokenRequest("for later"), ApiJson.Default.CreateAccessTokenRequest);

        CreatedAccessTokenResponse token = (await created.Content.ReadFromJsonAsync(ApiJson.Default.CreatedAccessTokenResponse))!;
        Assert.Equal(_clock.GetUtcNow().AddSeconds(300), token.AccessToken.Expires);
        using HttpClient admin = await AdminAsync();
        Page<JournalEntryResponse> journal =
            (await admin.GetFromJsonAsync($"{Routes.Journal}?event=token.created&subject=alice@example.com", ApiJson.Default.PageJournalEntryResponse))!;
        Assert.Equal("people", Assert.Single(journal.Items).Issuer);
    }

    [Fact(Timeout = Patience)]
    public async Task Tells_how_people_sign_in_to_whoever_asks()
    {
        SignInResponse answer = (await _broker.Http.GetFromJsonAsync(Routes.SignIn, ApiJson.Default.SignInResponse))!;

        Assert.True(answer.AccessTokens);
        SignInIssuer issuer = Assert.Single(answer.Issuers);
        Assert.Equal(("people", _issuer.Issuer, "app", "id_token"), (issuer.Name, issuer.Issuer, issuer.ClientId, issuer.ClientToken));
        Assert.Equal(["openid", "email", "offline_access"], issuer.Scopes);
    }

    private JsonObject Job() => _issuer.CiClaims(_clock.GetUtcNow());

    private JsonObject Once()
    {
        JsonObject claims = Job();
        claims["aud"] = "once";
        return claims;
    }

    private JsonObject Alice() => new()
    {
        ["iss"] = _issuer.Issuer,
        ["aud"] = "app",
        ["email"] = "alice@example.com",
        ["email_verified"] = true,
        ["exp"] = _clock.GetUtcNow().ToUnixTimeSeconds() + 300,
    };

    private async Task RefusedAsync(string token, string why)
    {
        using HttpResponseMessage answer = await MeAsync(token);
        Problem problem = await answer.ProblemAsync(HttpStatusCode.Unauthorized);
        Assert.Contains(why, problem.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain(token, problem.Detail, StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> MeAsync(string token)
    {
        using HttpClient client = As(token);
        return await client.GetAsync(new Uri(Routes.Me, UriKind.Relative));
    }

    private HttpClient As(string token) => new()
    {
        BaseAddress = _broker.Url,
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
    };

    private async Task<HttpClient> AdminAsync()
    {
        string file = (await _domain.BootstrapAsync(_broker.Services, again: false, CancellationToken.None))!;
        return As((await File.ReadAllTextAsync(file)).TrimEnd());
    }
}
