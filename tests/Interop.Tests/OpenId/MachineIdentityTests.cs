using System.Net;
using System.Text.Json.Nodes;
using SshFunctions.Api;
using SshFunctions.Support.Broker;
using SshFunctions.Support.Files;
using SshFunctions.Support.OpenId;

namespace SshFunctions.Interop.Tests.OpenId;

/// <summary>A machine with the claims of an Azure managed identity before the real broker: its claims decide which host it becomes.</summary>
public sealed class MachineIdentityTests : IDisposable
{
    private const int Patience = 180_000;
    private const string Group = "/subscriptions/3a7dde7e/resourcegroups/production/providers/Microsoft.Compute/virtualMachines";

    private readonly TemporaryFolder _folder = new();
    private readonly SigningIssuer _issuer = new();

    public void Dispose()
    {
        _issuer.Dispose();
        _folder.Dispose();
    }

    [Fact(Timeout = Patience)]
    public async Task Becomes_the_host_that_its_claims_name_and_is_an_ordinary_caller_besides()
    {
        await using TestBroker broker = await StartAsync();
        string token = _issuer.Sign(Machine("web"));

        (HttpStatusCode status, string answer) = await EnrollAsync(broker, token);

        Assert.True(status == HttpStatusCode.OK, answer);
        HostResponse host = Assert.Single(await broker.Admin.ListAsync<HostResponse>(Routes.Hosts));
        Assert.Equal(("acme/production/web", "vm:8a2f"), (host.Resource, host.EnrolledBy));
        JournalEntryResponse entry = Assert.Single(await broker.Admin.JournalAsync("host.enrolled"));
        Assert.Equal(("vm:8a2f", "azure"), (entry.Subject, entry.Issuer));
        Assert.Equal("vm:8a2f", (await broker.As(token).GetAsync<CallerResponse>(Routes.Me)).Subject);
    }

    [Theory(Timeout = Patience)]
    [InlineData("another resource group", "/subscriptions/3a7dde7e/resourcegroups/staging/providers/Microsoft.Compute/virtualMachines/web", HttpStatusCode.Unauthorized)]
    [InlineData("no resource of that name", Group + "/unknown", HttpStatusCode.NotFound)]
    [InlineData("a name that reaches into another environment", Group + "/../staging/web", HttpStatusCode.OK)]
    [InlineData("a name with a mark", Group + "/web#1", HttpStatusCode.Forbidden)]
    [InlineData("no name", Group + "/", HttpStatusCode.Forbidden)]
    public async Task Enrolls_as_nothing_but_its_last_name(string what, string machine, HttpStatusCode expected)
    {
        await using TestBroker broker = await StartAsync();
        JsonObject claims = Machine("web");
        claims["xms_mirid"] = machine;

        (HttpStatusCode status, string answer) = await EnrollAsync(broker, _issuer.Sign(claims));

        Assert.True(status == expected, $"{what}: {status} {answer}");
        Assert.All(await broker.Admin.ListAsync<HostResponse>(Routes.Hosts), host => Assert.Equal("acme/production/web", host.Resource));
    }

    [Fact(Timeout = Patience)]
    public async Task An_issuer_without_a_host_template_enrolls_nobody()
    {
        await using TestBroker broker = await StartAsync(host: "");
        Assert.Equal(HttpStatusCode.Forbidden, (await EnrollAsync(broker, _issuer.Sign(Machine("web")))).Status);
        Assert.Empty(await broker.Admin.ListAsync<HostResponse>(Routes.Hosts));
    }

    [Fact(Timeout = Patience)]
    public async Task A_token_that_counts_once_enrolls_once()
    {
        await using TestBroker broker = await StartAsync(further: """ "singleUse":true,""");
        string token = _issuer.Sign(Machine("web"));

        (HttpStatusCode Status, string)[] answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => EnrollAsync(broker, token)));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
        Assert.Equal(3, answers.Count(answer => answer.Status == HttpStatusCode.Unauthorized));
        Assert.Single(await broker.Admin.ListAsync<HostResponse>(Routes.Hosts));
    }

    [Fact(Timeout = Patience)]
    public async Task A_template_that_makes_no_place_stops_the_broker()
    {
        InvalidOperationException ended = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync(host: """ "host":"acme/{xms_mirid|last}","""));
        Assert.Contains("host is no host template", ended.Message, StringComparison.Ordinal);
    }

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private JsonObject Machine(string name) => new()
    {
        ["iss"] = _issuer.Issuer,
        ["aud"] = "api://sshfn",
        ["iat"] = Now.ToUnixTimeSeconds(),
        ["nbf"] = Now.ToUnixTimeSeconds(),
        ["exp"] = Now.ToUnixTimeSeconds() + 86_400,
        ["appid"] = "b7f0f2f0-1c1d-4c3e-9a53-0d2f3c0a8a2f",
        ["idtyp"] = "app",
        ["oid"] = "8a2f",
        ["sub"] = "8a2f",
        ["tid"] = "tenant",
        ["jti"] = Guid.NewGuid().ToString(),
        ["xms_mirid"] = $"{Group}/{name}",
    };

    private async Task<TestBroker> StartAsync(string host = """ "host":"acme/production/{xms_mirid|last}",""", string further = "")
    {
        string file = _folder.Write("identities.json", $$"""
            {"issuers":[{"name":"azure","issuer":"{{_issuer.Issuer}}","audiences":["api://sshfn"],"algorithms":["ES256"],"kind":"service",{{host}}{{further}}
              "subject":"vm:{oid}","conditions":{"xms_mirid":["{{Group}}/*"]} }]}
            """);
        TestBroker broker = await TestBroker.StartAsync(_folder, ["--identities", file]);
        foreach (string path in (string[])["acme/production/web", "acme/staging/web"])
            await broker.Admin.PutResourceAsync(path, new ResourceRequest([new HostAddress($"{path.Split('/')[1]}.example.com")], ["deploy"]));
        return broker;
    }

    private static async Task<(HttpStatusCode Status, string Answer)> EnrollAsync(TestBroker broker, string token)
    {
        using HttpResponseMessage answer = await broker.Anonymous.SendAsync(
            HttpMethod.Post,
            Routes.Hosts,
            new JsonObject { ["hostKeys"] = new JsonArray(Keygen.Keys.Subject("ed25519").ToText()), ["sshdVersion"] = "9.2", ["identityToken"] = token }.ToJsonString());
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
