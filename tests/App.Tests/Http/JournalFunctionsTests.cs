using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using SshFunctions.App.Hosting;
using SshFunctions.App.Hosting.Opening;
using SshFunctions.App.Http.Contract;
using SshFunctions.App.Tests.Brokers;
using SshFunctions.App.Timer;
using SshFunctions.Core;
using SshFunctions.Core.Access;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Certificates;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;
using SshFunctions.Support.Signers;
using SshFunctions.Support.Store;

namespace SshFunctions.App.Tests.Http;

/// <summary>Who may ask what of the journal, over HTTP.</summary>
public sealed class JournalFunctionsTests : IDisposable
{
    private const int Patience = 60_000;
    private readonly InMemorySigningKeyStore _keys = new();

    [Theory(Timeout = Patience)]
    [InlineData("/api/audit")]
    [InlineData("/api/audit/export")]
    [InlineData("/api/audit/export?format=csv")]
    [InlineData("/api/audit/export?segment=1")]
    [InlineData("/api/audit/checkpoints")]
    [InlineData("/api/audit/checkpoints/consistency?from=1")]
    [InlineData("/api/audit/65537/proof")]
    [InlineData("/api/audit/access")]
    [InlineData("/api/access/holders")]
    public async Task The_whole_needs_an_auditor_of_the_root(string route)
    {
        await using RunningBroker broker = await StartAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(broker, null, route));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(broker, "nobody", route));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(broker, "local", route));
        // Nothing is sealed yet, so there is nothing to prove.
        Assert.Contains(await StatusAsync(broker, "root", route), new[] { HttpStatusCode.OK, HttpStatusCode.NotFound, HttpStatusCode.Conflict });
    }

    [Theory(Timeout = Patience)]
    [InlineData("/api/audit?resource=acme/production")]
    [InlineData("/api/audit/export?resource=acme/production")]
    [InlineData("/api/audit/export?format=csv&resource=acme/production")]
    [InlineData("/api/audit/access?resource=acme/production")]
    [InlineData("/api/access/holders?path=acme/production")]
    public async Task An_auditor_of_a_path_sees_what_is_about_it_and_nothing_else(string route)
    {
        await using RunningBroker broker = await StartAsync();
        string seen = await ReadAsync(broker, "local", route);
        Assert.DoesNotContain("secret-project", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("segment.opened", seen, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(broker, "local", route.Replace("acme/production", "secret-project", StringComparison.Ordinal)));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(broker, "nobody", route));
    }

    [Fact(Timeout = Patience)]
    public async Task Anybody_may_read_what_is_ones_own()
    {
        await using RunningBroker broker = await StartAsync();
        foreach (string route in new[] { "/api/audit", "/api/audit/access" })
        {
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(broker, "nobody", route + "?subject=nobody"));
            Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(broker, "nobody", route + "?subject=root"));
        }
    }

    [Fact(Timeout = Patience)]
    public async Task Nobody_without_a_grant_makes_the_broker_read_the_whole_journal()
    {
        await using RunningBroker broker = await StartAsync();
        foreach (string format in new[] { "ndjson", "csv" })
            Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(broker, "nobody", $"/api/audit/export?subject=nobody&format={format}"));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(broker, "dev", "/api/audit/export?subject=dev&resource=acme/production"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(broker, "local", "/api/audit/export?subject=local&resource=acme/production"));
    }

    [Fact(Timeout = Patience)]
    public async Task An_export_of_a_segment_that_is_not_there_is_refused()
    {
        await using RunningBroker broker = await StartAsync();
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(broker, "root", "/api/audit/export?segment=1"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(broker, "root", "/api/audit/export?segment=9"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(broker, "root", "/api/audit/export?segment=9&format=csv"));
    }

    [Theory(Timeout = Patience)]
    [InlineData("/api/audit?event=none")]
    [InlineData("/api/audit?event=path.removed,none")]
    [InlineData("/api/audit?since=yesterday")]
    [InlineData("/api/audit?after=65537")]
    [InlineData("/api/audit?after=1-2-3-4.0")]
    [InlineData("/api/audit?request=a%0Ab")]
    [InlineData("/api/audit/export?format=xml")]
    [InlineData("/api/audit/export?segment=0")]
    [InlineData("/api/audit/export?after=0")]
    [InlineData("/api/audit/x/proof")]
    [InlineData("/api/audit/checkpoints?after=x")]
    [InlineData("/api/access/holders?path=A")]
    public async Task What_makes_no_sense_is_refused(string route)
    {
        await using RunningBroker broker = await StartAsync();
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(broker, "root", route));
    }

    [Fact(Timeout = Patience)]
    public async Task Reads_pages_by_cursor_with_every_filter()
    {
        await using RunningBroker broker = await StartAsync();
        var serials = new List<ulong>();
        string? after = null;
        do
        {
            using JsonDocument page = JsonDocument.Parse(await ReadAsync(broker, "root", $"/api/audit?limit=2{(after is null ? "" : "&after=" + after)}"));
            serials.AddRange(page.RootElement.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("serial").GetUInt64()));
            after = page.RootElement.GetProperty("next").GetString();
        }
        while (after is not null);
        Assert.Equal(serials.Distinct().OrderDescending(), serials);
        string some = await ReadAsync(broker, "root", "/api/audit?event=grant.put,project.put&resource=acme&since=2020-01-01T00:00:00Z&until=2999-01-01");
        Assert.Contains("project.put", some, StringComparison.Ordinal);
        Assert.DoesNotContain("environment.put", some, StringComparison.Ordinal);
    }

    [Fact(Timeout = Patience)]
    public async Task Exports_lines_that_end_and_go_on_behind_a_serial()
    {
        await using RunningBroker broker = await StartAsync();
        await new SealJournal().HandleAsync(broker.Services, default);
        string[] lines = (await ReadAsync(broker, "root", "/api/audit/export")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains("\"scope\":\"whole\"", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("{\"checkpoint\":", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("{\"end\":", lines[^1], StringComparison.Ordinal);
        string[] rest = (await ReadAsync(broker, "root", "/api/audit/export?after=65538")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(lines[4..], rest);
        string proof = await ReadAsync(broker, "root", "/api/audit/65538/proof");
        Assert.Contains("sshfn-proof", proof, StringComparison.Ordinal);
        Assert.Contains("\"number\":1", await ReadAsync(broker, "root", "/api/audit/checkpoints"), StringComparison.Ordinal);
        Assert.Contains("\"number\":1", await ReadAsync(broker, "local", "/api/audit/checkpoints?path=acme/production"), StringComparison.Ordinal);
    }

    [Fact(Timeout = Patience)]
    public async Task Exports_a_table_of_as_many_columns_as_its_header()
    {
        await using RunningBroker broker = await StartAsync();
        string[] rows = (await ReadAsync(broker, "root", "/api/audit/export?format=csv&event=project.put")).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("serial,segment,index,time,", rows[0], StringComparison.Ordinal);
        Assert.Equal(3, rows.Length);
        Assert.Contains(",\"system\",", rows[1], StringComparison.Ordinal);
        Assert.Contains("{\"\"kind\"\":\"\"project.put\"\"", rows[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("=1+1", "\"'=1+1\"")]
    [InlineData("+1", "\"'+1\"")]
    [InlineData("-1+1|cmd", "\"'-1+1|cmd\"")]
    [InlineData("@SUM(A1)", "\"'@SUM(A1)\"")]
    [InlineData("\tx", "\"'\tx\"")]
    [InlineData("\rx", "\"'\rx\"")]
    [InlineData("a\"b,c", "\"a\"\"b,c\"")]
    [InlineData("", "")]
    [InlineData(null, "")]
    public void No_cell_of_a_table_is_a_formula(string? text, string cell) => Assert.Equal(cell, JournalCsv.Cell(text));

    [Fact(Timeout = Patience)]
    public async Task Tells_who_can_reach_a_resource_by_the_rules_of_a_mint()
    {
        await using RunningBroker broker = await StartAsync();
        string open = await ReadAsync(broker, "root", "/api/access/holders?path=acme/production/web");
        Assert.Contains("\"subject\":\"dev\",\"group\":null,\"grant\":\"dev\",\"path\":\"acme/production/web\",\"role\":\"developer\",\"logins\":[\"deploy\"]", open, StringComparison.Ordinal);
        Assert.DoesNotContain("local-auditor", open, StringComparison.Ordinal);
        var tree = broker.Services.GetRequiredService<ResourceTree>();
        await tree.PutProjectAsync(Caller.System, new Project(ResourcePath.Parse("acme"), "", SshSwitch.Disabled), default);
        string off = await ReadAsync(broker, "root", "/api/access/holders?path=acme");
        Assert.Contains("\"switchedOff\":\"acme\"", off, StringComparison.Ordinal);
        Assert.Contains("\"logins\":[],\"reason\":\"", off, StringComparison.Ordinal);
    }

    [Fact(Timeout = Patience)]
    public async Task Tells_who_did_and_who_made_the_grant()
    {
        await using RunningBroker broker = await StartAsync();
        var journal = broker.Services.GetRequiredService<JournalWriter>();
        Caller dev = new(CallerKind.Person, Subject.Parse("dev"), []);
        ResourcePath web = ResourcePath.Parse("acme/production/web");
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        JournalEntry issued = await journal.AppendAsync(
            dev, new JournalEvent.CertificateIssued(web, Login.Parse("deploy"), "dev", "dev", ["deploy"], "SHA256:a", "SHA256:b", now, now), default);
        Core.Hosts.HostId host = Core.Hosts.HostId.Generate();
        await journal.AppendAsync(
            new Caller(CallerKind.Host, host.Subject, []),
            new JournalEvent.SessionOpened(host, web, "s1", "deploy", "certificate", "192.0.2.7", issued.Position.Serial, "dev", null, now), default);
        using JsonDocument page = JsonDocument.Parse(await ReadAsync(broker, "root", "/api/audit/access?subject=dev"));
        JsonElement[] deeds = [.. page.RootElement.GetProperty("items").EnumerateArray()];
        Assert.Equal(["session.opened", "certificate.issued"], deeds.Select(deed => deed.GetProperty("event").GetString()));
        Assert.All(deeds, deed => Assert.Equal(("dev", "dev", "system", issued.Position.Serial), (
            deed.GetProperty("subject").GetString(), deed.GetProperty("grant").GetString(), deed.GetProperty("approvedBy").GetString(), deed.GetProperty("credential").GetUInt64())));
    }

    [Fact(Timeout = Patience)]
    public async Task Names_those_who_approved_before_the_access_and_not_whoever_extended_it_later()
    {
        await using RunningBroker broker = await StartAsync();
        var journal = broker.Services.GetRequiredService<JournalWriter>();
        ResourcePath web = ResourcePath.Parse("acme/production/web");
        Subject dev = Subject.Parse("dev");
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        AccessRequestId asked = AccessRequestId.Parse("z4a6kqd2mx3thd5xravn"), emergency = AccessRequestId.Parse("b4a6kqd2mx3thd5xravn");
        foreach (string approver in new[] { "ann", "ben" })
            await AppendAsync(approver, new JournalEvent.AccessRequestApproved(asked, web, dev, 1, 2, false, null));
        await AppendAsync("system", new JournalEvent.AccessRequestActivated(asked, web, dev, asked.Grant.Text, now.AddHours(1)));
        ulong first = await BuyAsync(asked);
        await AppendAsync("eve", new JournalEvent.AccessRequestApproved(asked, web, dev, 1, 1, true, null));
        await AppendAsync("system", new JournalEvent.AccessRequestExtended(asked, web, dev, now.AddHours(2)));
        ulong second = await BuyAsync(asked);
        await AppendAsync("dev", new JournalEvent.AccessRequestGlassBroken(emergency, web, dev, web.Parent, "fire"));
        ulong broken = await BuyAsync(emergency);

        using JsonDocument page = JsonDocument.Parse(await ReadAsync(broker, "root", "/api/audit/access?resource=acme/production/web"));
        JsonElement Deed(ulong serial) => page.RootElement.GetProperty("items").EnumerateArray().Single(deed => deed.GetProperty("serial").GetUInt64() == serial);
        Assert.Equal("ann, ben", Deed(first).GetProperty("approvedBy").GetString());
        // Bought within the time that they gave.
        Assert.Equal("ann, ben", Deed(second).GetProperty("approvedBy").GetString());
        Assert.Equal(["ann", "ben"], Deed(first).GetProperty("approvers").EnumerateArray().Select(who => who.GetString()));
        Assert.Equal("nobody: glass broken under the rule of acme/production", Deed(broken).GetProperty("approvedBy").GetString());
        Assert.Equal(0, Deed(broken).GetProperty("approvers").GetArrayLength());

        Task<JournalEntry> AppendAsync(string who, JournalEvent happened) =>
            journal.AppendAsync(new Caller(CallerKind.Person, Subject.Parse(who), []), happened, default);
        async Task<ulong> BuyAsync(AccessRequestId request) => (await AppendAsync("dev", new JournalEvent.CertificateIssued(
            web, Login.Parse("deploy"), request.Grant.Text, "dev", ["deploy"], "SHA256:a", "SHA256:b", now, now))).Position.Serial;
    }

    public void Dispose()
    {
        _keys.Dispose();
    }

    private static async Task<HttpStatusCode> StatusAsync(RunningBroker broker, string? who, string route)
    {
        using HttpResponseMessage response = await SendAsync(broker, who, route);
        return response.StatusCode;
    }

    private static async Task<string> ReadAsync(RunningBroker broker, string who, string route)
    {
        using HttpResponseMessage response = await SendAsync(broker, who, route);
        string text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return text;
    }

    private static async Task<HttpResponseMessage> SendAsync(RunningBroker broker, string? who, string route)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(route, UriKind.Relative));
        if (who is not null) request.Headers.Authorization = new("Bearer", who + ".x");
        return await broker.Http.SendAsync(request);
    }

    /// <summary>A broker with an auditor of everything, one of acme/production, and a developer.</summary>
    private async Task<RunningBroker> StartAsync()
    {
        var store = new InMemoryStore();
        var journal = new JournalWriter(store, TimeProvider.System, "test", "1.0");
        OpenBroker open = (await OpenBroker.OpenAsync(store, journal, _keys, _keys.PutFirst(), TimeProvider.System, default)).Value!;
        RunningBroker broker = await RunningBroker.StartAsync(services: services =>
        {
            DomainServices.Register(services, new CertificateLimits(TimeSpan.FromMinutes(15)), _ => open);
            services.AddSingleton<ICallerAuthenticator>(new AnyName());
        });
        var tree = broker.Services.GetRequiredService<ResourceTree>();
        var grants = broker.Services.GetRequiredService<GrantRegistry>();
        foreach (string project in new[] { "acme", "secret-project" })
        {
            ResourcePath path = ResourcePath.Parse(project);
            await tree.PutProjectAsync(Caller.System, new Project(path, "", SshSwitch.Enabled), default);
            await tree.PutEnvironmentAsync(Caller.System, new ProjectEnvironment(path.Child("production"), "", SshSwitch.Enabled, Protected: false), default);
        }

        ResourcePath web = ResourcePath.Parse("acme/production/web");
        await tree.PutResourceAsync(
            Caller.System, new Resource(web, [], [LoginRule.Parse("deploy")], CertificateProfileName.Sshd, "", SshSwitch.Enabled, null), default);
        foreach ((string id, string who, ResourcePath where, Role role) in new[]
        {
            ("root-auditor", "root", ResourcePath.Root, Role.Auditor), ("local-auditor", "local", web.Parent, Role.Auditor), ("dev", "dev", web, Role.Developer),
        })
        {
            Result<Grant> made = await grants.PutAsync(
                Caller.System, new Grant(GrantId.Parse(id), where, role, Holder.Of(Subject.Parse(who)), null, null, null, [Permission.Pty], null, null), default);
            Assert.True(made.Succeeded);
        }

        return broker;
    }

    /// <summary>Takes a token's name for its subject.</summary>
    private sealed class AnyName : ICallerAuthenticator
    {
        public ValueTask<Result<Caller>> AuthenticateAsync(PresentedCredential credential, IPAddress? source, CancellationToken cancellationToken) =>
            ValueTask.FromResult<Result<Caller>>(credential is PresentedCredential.AccessToken token
                ? new Caller(CallerKind.Person, Subject.Parse(token.Id), [], token.Id)
                : new Refusal.Unauthenticated("no token", "bring one"));
    }
}
