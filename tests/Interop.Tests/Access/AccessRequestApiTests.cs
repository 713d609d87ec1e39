using System.Net;
using SshFunctions.Api;
using SshFunctions.Support.Broker;
using SshFunctions.Support.Files;

namespace SshFunctions.Interop.Tests.Access;

/// <summary>Who may do and see what of access requests, by the API of a real broker.</summary>
public sealed class AccessRequestApiTests : IAsyncLifetime, IDisposable
{
    private const int Patience = 120_000;
    private const string Production = "acme/production";
    private const string Web = "acme/production/web";

    private readonly TemporaryFolder _folder = new();
    private TestBroker _broker = null!;
    private BrokerApi _alice = null!;
    private BrokerApi _manager = null!;
    private BrokerApi _mallory = null!;

    public async Task InitializeAsync()
    {
        _broker = await TestBroker.StartAsync(_folder);
        await _broker.Admin.PutResourceAsync(Web, new ResourceRequest([new HostAddress("web.example.com", 22)], ["deploy"]));
        _alice = await _broker.AsPersonAsync("alice");
        _manager = await _broker.AsPersonAsync("manager");
        _mallory = await _broker.AsPersonAsync("mallory");
        await _broker.Admin.PutAsync<GrantRequest, GrantResponse>($"{Routes.Grants}/m", new GrantRequest(Web, "manager", Subject: "manager"));
    }

    public async Task DisposeAsync() => await _broker.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    [Fact(Timeout = Patience)]
    public async Task Is_seen_by_who_asks_and_who_decides_and_is_not_there_for_others()
    {
        string id = (await OpenAsync()).Id;
        string[] ofAlice = await IdsAsync(_alice, "?scope=mine");
        string[] toDecide = await IdsAsync(_manager, "?scope=to-decide&state=pending&path=acme");
        Assert.Equal([[id], [id], [id]], new[] { ofAlice, toDecide, await IdsAsync(_broker.Admin, "") });
        Assert.Empty(await IdsAsync(_mallory, ""));
        Assert.Empty(await IdsAsync(_alice, "?scope=to-decide"));
        Assert.Empty(await IdsAsync(_manager, "?state=closed"));
        foreach (string step in new[] { "decision", "extension", "close", "review" })
        {
            using HttpResponseMessage hidden = await _mallory.SendAsync(HttpMethod.Post, $"{Routes.AccessRequests}/{id}/{step}", "{}");
            Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
        }
    }

    [Fact(Timeout = Patience)]
    public async Task Is_listed_page_by_page_newest_first()
    {
        for (int count = 0; count < 5; count++) await OpenAsync();
        Page<AccessRequestResponse> first = await _alice.GetAsync<Page<AccessRequestResponse>>($"{Routes.AccessRequests}?limit=3");
        Page<AccessRequestResponse> rest = await _alice.GetAsync<Page<AccessRequestResponse>>($"{Routes.AccessRequests}?limit=3&after={first.Next}");
        Assert.Null(rest.Next);
        Assert.Equal(5, first.Items.Concat(rest.Items).Select(request => request.Id).Distinct().Count());
        Assert.Equal(first.Items.Select(request => request.Id).Order(StringComparer.Ordinal), first.Items.Select(request => request.Id));
    }

    [Theory(Timeout = Patience)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Ends_when_its_grant_is_removed_or_revoked(bool revokes)
    {
        string id = (await OpenAsync()).Id;
        await DecideAsync(_manager, id, "approve");
        AccessRequestResponse active = await UntilAsync(id, "active");
        Assert.Equal(id, (await _manager.GetAsync<GrantResponse>($"{Routes.Grants}/{active.Grant}")).Request);
        using (HttpResponseMessage put = await _broker.Admin.SendAsync(HttpMethod.Put, $"{Routes.Grants}/{active.Grant}", $$"""{"path":"{{Web}}","role":"developer","subject":"alice"}"""))
            Assert.Equal(HttpStatusCode.Conflict, put.StatusCode);
        using HttpResponseMessage taken = revokes
            ? await _manager.SendAsync(HttpMethod.Post, Routes.Revocations, $$"""{"reason":"leaked","grant":"{{active.Grant}}"}""")
            : await _manager.SendAsync(HttpMethod.Delete, $"{Routes.Grants}/{active.Grant}");
        Assert.True(taken.IsSuccessStatusCode, await taken.Content.ReadAsStringAsync());
        Assert.Equal("grant", (await UntilAsync(id, "closed")).Ending!.Cause);
    }

    [Fact(Timeout = Patience)]
    public async Task A_rule_is_put_by_who_could_give_as_much()
    {
        Assert.Equal(HttpStatusCode.OK, await PutRuleAsync(_manager, Web, """{"approvals":2}"""));
        // His own grant gives a terminal alone; whom he names could give more.
        Assert.Equal(HttpStatusCode.Forbidden, await PutRuleAsync(_manager, Web, """{"autoApproval":{"holders":["subject=alice"]}}"""));
        Assert.Equal(HttpStatusCode.Forbidden, await PutRuleAsync(_manager, Production, """{"approvals":2}"""));
        Assert.Equal(HttpStatusCode.Forbidden, await PutRuleAsync(_mallory, Web, """{"approvals":1}"""));
        await _broker.Admin.PutAsync<EnvironmentRequest, EnvironmentResponse>("/api/projects/acme/environments/production", new EnvironmentRequest(Protected: true));
        Assert.Equal(HttpStatusCode.Forbidden, await PutRuleAsync(_manager, Web, """{"approvals":1}"""));
        Assert.Equal(HttpStatusCode.OK, await PutRuleAsync(
            _broker.Admin, Production, """{"autoApproval":{"holders":["subject=alice"],"windows":[{"days":["monday"],"from":"22:00","to":"06:00"},{}]},"shapes":["logins"],"breakGlass":["group=on-call"]}"""));
        AccessRuleResponse rule = await _manager.GetAsync<AccessRuleResponse>($"{Routes.AccessRule}?path={Web}");
        // What was put before the environment was protected does not count in it.
        Assert.Equal((Production, 1), (rule.Path, rule.Approvals));
        using HttpResponseMessage removed = await _broker.Admin.SendAsync(HttpMethod.Delete, $"{Routes.AccessRule}?path={Web}");
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        Assert.Equal("active", (await UntilAsync((await OpenAsync()).Id, "active")).State);
        Assert.Equal([Production], (await _broker.Admin.ListAsync<AccessRuleResponse>(Routes.AccessRules)).Select(kept => kept.Path));
    }

    private Task<AccessRequestResponse> OpenAsync() => _alice.PostAsync<OpenAccessRequestRequest, AccessRequestResponse>(
        Routes.AccessRequests, new OpenAccessRequestRequest(Web, "disk is full", Logins: ["deploy"]));

    private static Task<AccessRequestResponse> DecideAsync(BrokerApi by, string id, string decision) =>
        by.PostAsync<DecideAccessRequestRequest, AccessRequestResponse>($"{Routes.AccessRequests}/{id}/decision", new DecideAccessRequestRequest(decision));

    private async Task<AccessRequestResponse> UntilAsync(string id, string state)
    {
        while (true)
        {
            AccessRequestResponse request = await _alice.GetAsync<AccessRequestResponse>($"{Routes.AccessRequests}/{id}");
            if (request.State == state) return request;
        }
    }

    private static async Task<string[]> IdsAsync(BrokerApi by, string query) =>
        [.. (await by.GetAsync<Page<AccessRequestResponse>>(Routes.AccessRequests + query)).Items.Select(request => request.Id)];

    private static async Task<HttpStatusCode> PutRuleAsync(BrokerApi by, string path, string rule)
    {
        using HttpResponseMessage answer = await by.SendAsync(HttpMethod.Put, $"{Routes.AccessRule}?path={path}", rule);
        return answer.StatusCode;
    }
}
