using System.Net;
using SshFunctions.Api;
using SshFunctions.Support.Broker;
using SshFunctions.Support.Files;

namespace SshFunctions.Interop.Tests.SignIn;

/// <summary>What a caller may have of access tokens, over the real API.</summary>
public sealed class AccessTokenTests : IAsyncLifetime, IDisposable
{
    private const int Patience = 120_000;

    private readonly TemporaryFolder _folder = new();
    private TestBroker _broker = null!;

    public async Task InitializeAsync() => _broker = await TestBroker.StartAsync(_folder);

    public async Task DisposeAsync() => await _broker.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    [Fact(Timeout = Patience)]
    public async Task A_token_made_for_oneself_has_ones_own_user_name_and_only_an_admin_gives_another()
    {
        BrokerApi alice = _broker.As((await CreateAsync(_broker.Admin, new("laptop", Subject: "alice", UserName: "alice"))).Token);
        CreatedAccessTokenResponse own = await CreateAsync(alice, new("second"));
        Assert.Equal("alice", own.AccessToken.UserName);
        Assert.Equal("alice", (await _broker.As(own.Token).GetAsync<CallerResponse>(Routes.Me)).UserName);
        Assert.Equal("alice", (await CreateAsync(alice, new("third", UserName: "alice"))).AccessToken.UserName);
        await RefusedAsync(HttpStatusCode.Forbidden, () => CreateAsync(alice, new("fourth", UserName: "root")));
    }

    [Fact(Timeout = Patience)]
    public async Task A_token_is_good_only_from_its_addresses()
    {
        BrokerApi here = _broker.As((await CreateAsync(_broker.Admin, new("a", Subject: "alice", SourceAddresses: ["127.0.0.0/8"]))).Token);
        Assert.Equal("alice", (await here.GetAsync<CallerResponse>(Routes.Me)).Subject);
        string elsewhere = (await CreateAsync(_broker.Admin, new("b", Subject: "alice", SourceAddresses: ["192.0.2.0/24"]))).Token;
        string wrong = elsewhere.Split('.')[0] + "." + new string('a', 43);
        HttpRequestException ofElsewhere = await RefusedAsync(HttpStatusCode.Unauthorized, () => _broker.As(elsewhere).GetAsync<CallerResponse>(Routes.Me));
        HttpRequestException ofWrong = await RefusedAsync(HttpStatusCode.Unauthorized, () => _broker.As(wrong).GetAsync<CallerResponse>(Routes.Me));
        Assert.Equal(ofWrong.Message.Split("correlationId")[0], ofElsewhere.Message.Split("correlationId")[0]);
        await RefusedAsync(HttpStatusCode.BadRequest, () => CreateAsync(_broker.Admin, new("c", SourceAddresses: ["10.0.0.1/8"])));
        await RefusedAsync(HttpStatusCode.BadRequest, () => CreateAsync(_broker.Admin, new("c", SourceAddresses: [])));
    }

    [Fact(Timeout = Patience)]
    public async Task A_token_that_rotates_itself_gains_no_life_and_an_admin_gives_what_it_may_create()
    {
        CreatedAccessTokenResponse old = await CreateAsync(_broker.Admin, new("ci", "service", "ci", ["ops"], SourceAddresses: ["127.0.0.1"]));
        BrokerApi ci = _broker.As(old.Token);
        CreatedAccessTokenResponse next = await RotateAsync(ci, old, new(0, old.AccessToken.Expires.AddDays(30)));
        Assert.Equal(old.AccessToken.Expires, next.AccessToken.Expires);
        Assert.Equal((old.AccessToken.Name, "service", "ci"), (next.AccessToken.Name, next.AccessToken.Kind, next.AccessToken.Subject));
        Assert.Equal(["127.0.0.1/32"], next.AccessToken.SourceAddresses);
        await RefusedAsync(HttpStatusCode.Unauthorized, () => ci.GetAsync<CallerResponse>(Routes.Me));
        CreatedAccessTokenResponse last = await RotateAsync(_broker.Admin, next, new(Expires: old.AccessToken.Expires.AddDays(30)));
        Assert.Equal(old.AccessToken.Expires.AddDays(30), last.AccessToken.Expires);
        Assert.Equal("ci", (await _broker.As(next.Token).GetAsync<CallerResponse>(Routes.Me)).Subject);
        BrokerApi bob = await _broker.AsPersonAsync("bob");
        await RefusedAsync(HttpStatusCode.NotFound, () => RotateAsync(bob, last, new()));
        await RefusedAsync(HttpStatusCode.BadRequest, () => RotateAsync(_broker.Admin, last, new(2_592_001)));
        Assert.Equal(2, (await _broker.Admin.JournalAsync("token.rotated")).Count);
    }

    [Fact(Timeout = Patience)]
    public async Task A_token_rotates_no_other_of_its_subject_that_may_more()
    {
        BrokerApi plain = _broker.As((await CreateAsync(_broker.Admin, new("a", Subject: "alice"))).Token);
        CreatedAccessTokenResponse grouped = await CreateAsync(_broker.Admin, new("b", Subject: "alice", Groups: ["ops"]));
        await RefusedAsync(HttpStatusCode.Forbidden, () => RotateAsync(plain, grouped, new()));
        CreatedAccessTokenResponse named = await CreateAsync(_broker.Admin, new("c", Subject: "alice", UserName: "root"));
        await RefusedAsync(HttpStatusCode.Forbidden, () => RotateAsync(plain, named, new()));
    }

    private static Task<CreatedAccessTokenResponse> CreateAsync(BrokerApi api, CreateAccessTokenRequest request) =>
        api.PostAsync<CreateAccessTokenRequest, CreatedAccessTokenResponse>(Routes.Tokens, request);

    private static Task<CreatedAccessTokenResponse> RotateAsync(BrokerApi api, CreatedAccessTokenResponse token, RotateAccessTokenRequest request) =>
        api.PostAsync<RotateAccessTokenRequest, CreatedAccessTokenResponse>($"{Routes.Tokens}/{token.AccessToken.Id}/rotate", request);

    private static async Task<HttpRequestException> RefusedAsync<T>(HttpStatusCode status, Func<Task<T>> act)
    {
        HttpRequestException refused = await Assert.ThrowsAsync<HttpRequestException>(act);
        Assert.Equal(status, refused.StatusCode);
        return refused;
    }
}
