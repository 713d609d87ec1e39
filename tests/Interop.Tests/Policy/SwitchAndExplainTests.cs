using System.Net;
using SshFunctions.Api;
using SshFunctions.Interop.Tests.Broker;
using SshFunctions.Support.Broker;
using SshFunctions.Support.Files;

namespace SshFunctions.Interop.Tests.Policy;

/// <summary>Who may switch SSH where, when it counts, and what people are told: through the broker's own process.</summary>
public sealed class SwitchAndExplainTests : IAsyncLifetime, IDisposable
{
    private const int Patience = 120_000;
    private const string Web = "acme/production/web";
    private readonly TemporaryFolder _folder = new();
    private TestBroker _broker = null!;
    private string _publicKey = "";

    public async Task InitializeAsync()
    {
        _broker = await TestBroker.StartAsync(_folder);
        await _broker.Admin.PutResourceAsync(Web, new ResourceRequest([new HostAddress("web.example.com")], ["deploy", "{user}"]));
        await GrantAsync("dev", "dev", "developer");
        await GrantAsync("boss", "boss", "manager");
        await GrantAsync("looker", "looker", "auditor");
        _publicKey = await KeyKind.All["ed25519"].MakeAsync(_folder["key"]);
    }

    public async Task DisposeAsync() => await _broker.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    [Theory(Timeout = Patience)]
    [InlineData("dev", Web, HttpStatusCode.OK)]
    [InlineData("dev", "acme/production", HttpStatusCode.Forbidden)]
    [InlineData("dev", "acme", HttpStatusCode.Forbidden)]
    [InlineData("boss", "acme/production", HttpStatusCode.OK)]
    [InlineData("boss", "acme", HttpStatusCode.OK)]
    [InlineData("looker", Web, HttpStatusCode.Forbidden)]
    [InlineData("nobody", Web, HttpStatusCode.Forbidden)]
    [InlineData("boss", "other/production/web", HttpStatusCode.Forbidden)]
    public async Task Each_role_switches_its_own_levels(string subject, string path, HttpStatusCode expected)
    {
        BrokerApi caller = await _broker.AsPersonAsync(subject);
        using HttpResponseMessage answer = await caller.SendAsync(HttpMethod.Put, $"/api/ssh-switch/{path}", """{"state":"disabled","reason":"test"}""");
        Assert.Equal(expected, answer.StatusCode);
    }

    [Theory(Timeout = Patience)]
    [InlineData(Web)]
    [InlineData("acme/production")]
    [InlineData("acme")]
    public async Task Switched_off_the_very_next_mint_is_refused_and_explained(string level)
    {
        BrokerApi dev = await _broker.AsPersonAsync("dev");
        await dev.IssueAsync(_publicKey, Web, "deploy");
        await SwitchAsync(level, "disabled");
        HttpRequestException refused = await Assert.ThrowsAsync<HttpRequestException>(() => dev.IssueAsync(_publicKey, Web, "deploy"));
        Assert.Contains($"SSH is disabled on", refused.Message, StringComparison.Ordinal);
        ExplainAccessResponse explained = await ExplainAsync(dev, new ExplainAccessRequest(Resource: Web, Login: "deploy"));
        Assert.False(explained.Allowed);
        Assert.Equal("ssh-switch", explained.Deciding.Rule);
        Assert.EndsWith(level, explained.Deciding.Detail, StringComparison.Ordinal);
        Assert.NotNull(explained.Deciding.Fix);
        await SwitchAsync(level, "enabled");
        await dev.IssueAsync(_publicKey, Web, "deploy");
    }

    [Fact(Timeout = Patience)]
    public async Task An_explanation_holds_every_rule_and_what_a_certificate_would_allow()
    {
        ExplainAccessResponse explained = await ExplainAsync(
            await _broker.AsPersonAsync("dev"), new ExplainAccessRequest(new Destination("web.example.com", 22, "deploy")));
        Assert.True(explained.Allowed);
        Assert.Equal("dev", explained.Grant);
        Assert.Equal(900, explained.MaximumLifetimeSeconds);
        Assert.Equal(["pty"], explained.Permissions!);
        Assert.Equal(
            ["subject-revoked", "ssh-switch", "ssh-switch", "ssh-switch", "login", "protected", "grant"],
            explained.Findings.Select(finding => finding.Rule));
    }

    [Fact(Timeout = Patience)]
    public async Task An_auditor_asks_for_somebody_else_and_a_developer_may_not()
    {
        var question = new ExplainAccessRequest(Resource: Web, Login: "ally", Subject: "dev", UserName: "ally");
        ExplainAccessResponse explained = await ExplainAsync(await _broker.AsPersonAsync("looker"), question);
        Assert.True(explained.Allowed);
        Assert.Equal("dev", explained.Subject);
        BrokerApi stranger = await _broker.AsPersonAsync("stranger");
        HttpRequestException refused = await Assert.ThrowsAsync<HttpRequestException>(() => ExplainAsync(stranger, question));
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    [Fact(Timeout = Patience)]
    public async Task Who_holds_no_grant_is_told_nothing_of_logins_and_switches()
    {
        ExplainAccessResponse explained = await ExplainAsync(
            await _broker.AsPersonAsync("stranger"), new ExplainAccessRequest(Resource: Web, Login: "guess"));
        Assert.Equal("grant", Assert.Single(explained.Findings).Rule);
    }

    [Theory(Timeout = Patience)]
    [InlineData("""{"hosts":[{"name":"b.example.com"}],"logins":["deploy"],"jump":"acme/production/web"}""", "jump", "itself")]
    [InlineData("""{"hosts":[{"name":"*.com"}],"logins":["deploy"]}""", "hosts[0].name", "not allowed")]
    [InlineData("""{"hosts":[{"name":"b.example.com"}],"logins":["deploy"],"account":"{user}"}""", "account", "no accounts")]
    [InlineData("""{"hosts":[{"name":"b.example.com"}],"logins":["deploy"],"forceLoginCommand":true}""", "forceLoginCommand", "no command")]
    [InlineData("""{"hosts":[{"name":"b.example.com"}],"logins":["deploy"],"services":[{"name":"a","host":"h","port":1},{"name":"a","host":"h","port":2}]}""", "services[1].name", "twice")]
    [InlineData("""{"hosts":[{"name":"b.example.com"}],"logins":["deploy"],"jump":"acme/production/none"}""", "jump", "no resource")]
    public async Task A_resource_that_makes_no_sense_is_refused_with_its_field(string body, string field, string problem)
    {
        using HttpResponseMessage answer = await _broker.Admin.SendAsync(
            HttpMethod.Put, "/api/projects/acme/environments/production/resources/web", body);
        string text = await answer.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains($"\"{field}\"", text, StringComparison.Ordinal);
        Assert.Contains(problem, text, StringComparison.Ordinal);
    }

    [Theory(Timeout = Patience)]
    [InlineData("""{"path":"acme","role":"developer","subject":"x","forwardTargets":["127.0.0.1:5432"]}""", "forwardTargets")]
    [InlineData("""{"path":"acme","role":"developer","subject":"x","sftpFolder":"../etc"}""", "sftpFolder")]
    [InlineData("""{"path":"acme","role":"developer","subject":"x","permissions":["port-forwarding"],"forwardTargets":[]}""", "forwardTargets")]
    public async Task A_grant_that_makes_no_sense_is_refused_with_its_field(string body, string field)
    {
        using HttpResponseMessage answer = await _broker.Admin.SendAsync(HttpMethod.Put, "/api/grants/x", body);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains($"\"{field}\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory(Timeout = Patience)]
    [InlineData("sshd", "web2.example.com", HttpStatusCode.OK)]
    [InlineData("sshd", "*.apps.example.com", HttpStatusCode.Forbidden)]
    [InlineData("plain-sshd", "web2.example.com", HttpStatusCode.Forbidden)]
    [InlineData("gitea", "web2.example.com", HttpStatusCode.Forbidden)]
    [InlineData("gitlab", "web2.example.com", HttpStatusCode.Forbidden)]
    [InlineData("github", "github.com", HttpStatusCode.Forbidden)]
    public async Task What_reaches_beyond_a_host_of_ones_own_is_put_by_an_admin_of_everything_alone(string profile, string host, HttpStatusCode expected)
    {
        string body = $$"""{"hosts":[{"name":"{{host}}"}],"logins":["git"],"profile":"{{profile}}"}""";
        Assert.Equal(expected, await PutAsync(await _broker.AsPersonAsync("boss"), body));
        Assert.Equal(HttpStatusCode.OK, await PutAsync(_broker.Admin, body));
    }

    [Fact(Timeout = Patience)]
    public async Task A_manager_of_some_logins_does_not_choose_what_others_run()
    {
        await _broker.Admin.PutAsync<GrantRequest, GrantResponse>(
            $"{Routes.Grants}/half", new GrantRequest("acme", "manager", Subject: "half", Logins: ["deploy"]));
        const string Body = """{"hosts":[{"name":"web2.example.com"}],"logins":["root"],"loginCommand":"id","forceLoginCommand":true}""";
        Assert.Equal(HttpStatusCode.Forbidden, await PutAsync(await _broker.AsPersonAsync("half"), Body));
        Assert.Equal(HttpStatusCode.OK, await PutAsync(await _broker.AsPersonAsync("boss"), Body));
    }

    [Fact(Timeout = Patience)]
    public async Task A_jump_host_of_others_looks_like_one_that_is_not_there()
    {
        await _broker.Admin.PutResourceAsync("other/production/gate", new ResourceRequest([new HostAddress("gate.example.com")], ["jump"]));
        BrokerApi boss = await _broker.AsPersonAsync("boss");
        using HttpResponseMessage there = await SendAsync(boss, """{"hosts":[{"name":"web2.example.com"}],"logins":["root"],"jump":"other/production/gate"}""");
        using HttpResponseMessage missing = await SendAsync(boss, """{"hosts":[{"name":"web2.example.com"}],"logins":["root"],"jump":"other/production/none"}""");
        Assert.Equal(HttpStatusCode.BadRequest, there.StatusCode);
        Assert.Contains("there is no resource other/production/gate", await there.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, missing.StatusCode);
    }

    private static async Task<HttpStatusCode> PutAsync(BrokerApi caller, string body)
    {
        using HttpResponseMessage answer = await SendAsync(caller, body);
        return answer.StatusCode;
    }

    private static Task<HttpResponseMessage> SendAsync(BrokerApi caller, string body) =>
        caller.SendAsync(HttpMethod.Put, "/api/projects/acme/environments/production/resources/second", body);

    private async Task SwitchAsync(string path, string state) =>
        (await _broker.Admin.SendAsync(HttpMethod.Put, $"/api/ssh-switch/{path}", $$"""{"state":"{{state}}"}""")).EnsureSuccessStatusCode();

    private Task<GrantResponse> GrantAsync(string id, string subject, string role) => _broker.Admin.PutAsync<GrantRequest, GrantResponse>(
        $"{Routes.Grants}/{id}", new GrantRequest("acme", role, Subject: subject));

    private static Task<ExplainAccessResponse> ExplainAsync(BrokerApi caller, ExplainAccessRequest request) =>
        caller.PostAsync<ExplainAccessRequest, ExplainAccessResponse>(Routes.ExplainAccess, request);
}
