using SshFunctions.Api;
using SshFunctions.Support.Broker;

namespace SshFunctions.App.Tests.Authorization;

/// <summary>What refusals used to tell of other projects.</summary>
[Collection(MatrixGroup.Name)]
public sealed class HiddenObjectTests(MatrixWorld world)
{
    private const int Patience = 60_000;
    private const string Theirs = "aurum";
    private const string Other = "umbra";

    private BrokerApi Manager => world.Callers.Single(caller => caller.Name == $"manager of {Theirs}").Api;

    private BrokerApi Stranger => world.Callers.Single(caller => caller.Name == "a person without grants").Api;

    [Fact(Timeout = Patience)]
    public async Task Who_removes_a_grant_of_another_project_is_not_told_where_it_lies()
    {
        (int status, string text) = await SendAsync(Manager, "DELETE", "/api/grants/{grant}", null);

        Assert.Equal(404, status);
        Assert.DoesNotContain("production", text, StringComparison.Ordinal);
    }

    [Theory(Timeout = Patience)]
    [InlineData("""{"reason":"r","grant":"{{grant}}"}""")]
    [InlineData("""{"reason":"r","host":"{{host}}"}""")]
    public async Task Who_revokes_what_is_another_projects_is_not_told_where_it_lies(string body)
    {
        (int status, string text) = await SendAsync(Manager, "POST", Routes.Revocations, body);

        Assert.Equal(404, status);
        Assert.DoesNotContain(Other + "/", text, StringComparison.Ordinal);
    }

    [Theory(Timeout = Patience)]
    [InlineData("developer-umbra")]
    [InlineData("admin-umbra")]
    public async Task Who_takes_the_identifier_of_a_grant_elsewhere_is_told_neither_its_path_nor_its_holder(string id)
    {
        (int status, string text) = await SendAsync(Manager, "PUT", $"/api/grants/{id}", """{"path":"aurum","role":"auditor","subject":"nobody@example.com"}""");

        Assert.Equal(409, status);
        Assert.DoesNotContain($"@{Other}", text, StringComparison.Ordinal);
        Assert.Contains($"the identifier {id} is taken", text, StringComparison.Ordinal);
    }

    [Fact(Timeout = Patience)]
    public async Task A_host_is_not_told_whose_key_is_offered_by_somebody_who_holds_nothing_on_it()
    {
        BrokerApi host = world.Callers.Single(caller => caller.Name == $"host web of {Theirs}").Api;

        (int status, string text) = await SendAsync(host, "POST", Routes.AuthorizeKey, """{"login":"deploy","publicKey":"{{publicKey}}"}""");

        Assert.Equal(403, status);
        Assert.DoesNotContain($"@{Other}", text, StringComparison.Ordinal);
    }

    [Theory(Timeout = Patience)]
    [InlineData(Routes.ExplainAccess, """{"resource":"umbra/production/{name}","login":"deploy"}""", 200)]
    [InlineData(Routes.ExplainAccess, """{"resource":"umbra/{name}/web","login":"deploy"}""", 200)]
    [InlineData(Routes.ExplainAccess, """{"resource":"umbra/production/{name}","login":"deploy","subject":"alice"}""", 403)]
    [InlineData(Routes.Passcodes, """{"resource":"umbra/production/{name}","login":"deploy"}""", 403)]
    [InlineData(Routes.Passcodes, """{"resource":"umbra/production/{name}"}""", 403)]
    [InlineData(Routes.UserCertificates, """{"resource":"umbra/production/{name}","login":"deploy","publicKey":"{{publicKey}}"}""", 403)]
    public async Task A_resource_that_is_not_there_reads_like_one_on_which_one_holds_nothing(string path, string body, int expected)
    {
        string name = body.Contains("{name}/web", StringComparison.Ordinal) ? "production" : "web";
        (int there, string text) = await SendAsync(Stranger, "POST", path, body.Replace("{name}", name, StringComparison.Ordinal));
        (int absent, string none) = await SendAsync(Stranger, "POST", path, body.Replace("{name}", "nothing", StringComparison.Ordinal));

        Assert.Equal((expected, expected), (there, absent));
        Assert.Equal(world.Blur(text, Other).Replace($"/{name}", "/*", StringComparison.Ordinal), world.Blur(none, Other).Replace("/nothing", "/*", StringComparison.Ordinal));
    }

    [Fact(Timeout = Patience)]
    public async Task Ones_own_journal_does_not_tell_a_refusal_of_what_is_there_from_one_of_what_is_not()
    {
        BrokerApi prober = world.As(await world.Root.CreateTokenAsync("prober@example.com"));
        foreach (string name in (string[])["web", "nothing"])
        {
            await SendAsync(prober, "POST", Routes.Passcodes, $$"""{"resource":"umbra/production/{{name}}"}""");
            await SendAsync(prober, "POST", Routes.UserCertificates, $$"""{"resource":"umbra/production/{{name}}","login":"deploy","publicKey":"{{MatrixWorld.SpareKey}}"}""");
        }

        IReadOnlyList<JournalEntryResponse> own = await prober.ListAsync<JournalEntryResponse>($"{Routes.Journal}?subject=prober@example.com");
        string[] OfResource(string name) => [.. own.Where(entry => entry.Resource == $"umbra/production/{name}").Select(entry => entry.Details.ToString().Replace($"/{name}", "/*", StringComparison.Ordinal))];
        Assert.Equal(2, OfResource("web").Length);
        Assert.Equal(OfResource("web"), OfResource("nothing"));
    }

    private async Task<(int Status, string Text)> SendAsync(BrokerApi caller, string method, string path, string? body)
    {
        using HttpResponseMessage answer = await caller.SendAsync(new HttpMethod(method), world.Fill(path, Other), body is null ? null : world.Fill(body, Other));
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
