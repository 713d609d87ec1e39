using System.Net;
using System.Text.Json.Nodes;
using SshFunctions.Api;
using SshFunctions.Support.Broker;
using SshFunctions.Support.Files;
using SshFunctions.Support.OpenId;

namespace SshFunctions.Interop.Tests.OpenId;

/// <summary>Two issuers, one of which would like to be the other: it gets none of the other's codes, and vouches for its own people only.</summary>
public sealed class IssuerMixUpTests : IDisposable
{
    private const int Patience = 120_000;
    private const string Client = "sshfn";
    private static readonly string Random = new('r', 43);

    private readonly TemporaryFolder _folder = new();
    private readonly SigningIssuer _corp = new();
    private readonly SigningIssuer _partner = new();

    public void Dispose()
    {
        _corp.Dispose();
        _partner.Dispose();
        _folder.Dispose();
    }

    [Theory(Timeout = Patience)]
    [InlineData("the code is from the other", true, false, true)]
    [InlineData("the chosen one would have said that it is from it", false, true, false)]
    [InlineData("neither says so", false, false, false)]
    public async Task No_issuer_gets_a_code_when(string what, bool corpNamesItself, bool partnerNamesItself, bool comesFromCorp)
    {
        (_corp.Discovery, _partner.Discovery) = (Document(_corp, corpNamesItself), Document(_partner, partnerNamesItself));
        _partner.Tokens = TokensOf(_partner);
        await using TestBroker broker = await StartAsync();

        HttpRequestException refused = await Assert.ThrowsAsync<HttpRequestException>(() => FinishAsync(broker, comesFromCorp ? _corp.Issuer : null));

        Assert.True(refused.StatusCode == HttpStatusCode.Unauthorized, what);
        Assert.DoesNotContain("/token", _partner.Requests);
    }

    [Theory(Timeout = Patience)]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task An_issuer_gets_its_own_code(bool corpNamesItself, bool saysWhoItIs)
    {
        (_corp.Discovery, _partner.Discovery) = (Document(_corp, corpNamesItself), Document(_partner, saysWhoItIs));
        _partner.Tokens = TokensOf(_partner);
        await using TestBroker broker = await StartAsync();

        await FinishAsync(broker, saysWhoItIs ? _partner.Issuer : null);

        Assert.Equal("partner:mallory", Assert.Single(await broker.Admin.JournalAsync("portal.signed-in")).Subject);
    }

    [Fact(Timeout = Patience)]
    public async Task An_issuer_that_hands_out_a_token_of_another_signs_nobody_in()
    {
        (_corp.Discovery, _partner.Discovery) = (Document(_corp, true), Document(_partner, true));
        _partner.Tokens = TokensOf(_corp);
        await using TestBroker broker = await StartAsync();

        HttpRequestException refused = await Assert.ThrowsAsync<HttpRequestException>(() => FinishAsync(broker, _partner.Issuer));

        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Empty(await broker.Admin.JournalAsync("portal.signed-in"));
    }

    [Fact(Timeout = Patience)]
    public async Task Whoever_hangs_up_keeps_nobody_from_signing_in()
    {
        (_corp.Discovery, _partner.Discovery) = (Document(_corp, true), Document(_partner, true));
        await using TestBroker broker = await StartAsync();
        using (var hungUp = new CancellationTokenSource(TimeSpan.FromMilliseconds(1)))
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => broker.Anonymous.GetAsync<CodeSignInStart>($"{Routes.CodeSignIn}?issuer=partner", hungUp.Token));
        }

        CodeSignInStart start = await broker.Anonymous.GetAsync<CodeSignInStart>($"{Routes.CodeSignIn}?issuer=partner");
        Assert.Equal($"{_partner.Issuer}/authorize", start.AuthorizationEndpoint);
    }

    private static Task<CodeSignInResponse> FinishAsync(TestBroker broker, string? iss) =>
        broker.Anonymous.PostAsync<CodeSignInRequest, CodeSignInResponse>(
            Routes.CodeSignIn, new CodeSignInRequest("partner", "code", Random, Random, new Uri(broker.Url, "api/portal/").AbsoluteUri, iss));

    private static string Document(SigningIssuer issuer, bool namesItself) => new JsonObject
    {
        ["issuer"] = issuer.Issuer,
        ["jwks_uri"] = $"{issuer.Issuer}/keys",
        ["authorization_endpoint"] = $"{issuer.Issuer}/authorize",
        ["token_endpoint"] = $"{issuer.Issuer}/token",
        ["authorization_response_iss_parameter_supported"] = namesItself,
    }.ToJsonString();

    private static string TokensOf(SigningIssuer issuer)
    {
        long now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        string token = issuer.Sign(new JsonObject
        {
            ["iss"] = issuer.Issuer,
            ["sub"] = "mallory",
            ["aud"] = Client,
            ["nonce"] = Random,
            ["iat"] = now,
            ["exp"] = now + 300,
        });
        return new JsonObject { ["id_token"] = token }.ToJsonString();
    }

    private Task<TestBroker> StartAsync()
    {
        JsonObject Of(string name, SigningIssuer issuer) => new()
        {
            ["name"] = name,
            ["issuer"] = issuer.Issuer,
            ["audiences"] = new JsonArray(Client),
            ["kind"] = "person",
            ["subject"] = name + ":{sub}",
            ["algorithms"] = new JsonArray("ES256"),
            ["clientId"] = Client,
        };
        var identities = new JsonObject { ["issuers"] = new JsonArray(Of("corp", _corp), Of("partner", _partner)) };
        return TestBroker.StartAsync(_folder, ["--identities", _folder.Write("identities.json", identities.ToJsonString())]);
    }
}
