using Microsoft.Playwright;
using SshFunctions.Api;
using SshFunctions.Support.Broker;
using SshFunctions.Support.Files;

namespace SshFunctions.Portal.Tests.Browser;

/// <summary>A broker with some resources, and a browser to look at it.</summary>
public sealed class PortalSite : IAsyncLifetime, IDisposable
{
    /// <summary>What somebody might try to have the page run, in every free text that there is.</summary>
    public const string Injected = "<img src=x onerror=\"document.title='owned'\">";

    private readonly Chromium _chromium = new();
    private readonly TemporaryFolder _folder = new();
    private TestBroker? _broker;

    public TestBroker Broker => _broker ?? throw new InvalidOperationException("the broker is not started yet");

    public IBrowser Browser => _chromium.Browser;

    public Uri Portal => new(Broker.Url, "api/portal/");

    public Task InitializeAsync() => StartAsync([]);

    /// <summary>Starts it with further options of the broker.</summary>
    public async Task StartAsync(string[] options)
    {
        await _chromium.InitializeAsync();
        _broker = await TestBroker.StartAsync(_folder, options);
        await SeedAsync(_broker.Admin);
    }

    public async Task DisposeAsync()
    {
        if (_broker is not null) await _broker.DisposeAsync();
        await _chromium.DisposeAsync();
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>A page that nobody signed in at.</summary>
    public Task<PortalSession> OpenAsync(PortalView? view = null) => PortalSession.OpenAsync(Browser, Portal, view ?? PortalView.Light);

    /// <summary>A page at which a person has signed in by a token of theirs.</summary>
    public async Task<PortalSession> SignInAsync(string subject, PortalView? view = null)
    {
        PortalSession session = await OpenAsync(view);
        await session.SignInAsync(await Broker.Admin.CreateTokenAsync(subject));
        return session;
    }

    private static async Task SeedAsync(BrokerApi admin)
    {
        await admin.PutResourceAsync("acme/production/web", new ResourceRequest(
            [new HostAddress("web-0.example.com", 22, 0), new HostAddress("web-1.example.com", 2222, 1)], ["deploy", "root"], Description: "The storefront"));
        await admin.PutResourceAsync("acme/production/git", new ResourceRequest([new HostAddress("git.example.com")], ["git"]));
        await admin.PutResourceAsync("acme/staging/db", new ResourceRequest([new HostAddress("db.example.com", 2222)], ["postgres"], Description: Injected));
        await admin.PutResourceAsync("zoo/cage/lion", new ResourceRequest([new HostAddress("lion.example.com")], ["keeper"]));
        await admin.PutAsync<ProjectRequest, ProjectResponse>($"{Routes.Projects}/zoo", new ProjectRequest(Injected));
        await admin.PutAsync<SshSwitchRequest, SshSwitchResponse>("/api/ssh-switch/acme/staging", new SshSwitchRequest("disabled", Injected));
        await admin.PutAsync<GrantRequest, GrantResponse>($"{Routes.Grants}/ops", new GrantRequest("/", "admin", Subject: "ops"));
        await admin.GrantAsync("alice", "alice", "acme/production");
        await admin.GrantAsync("bob", "bob", "zoo/cage/lion");
        await EnrollAsync(admin, "acme/production/web");
    }

    /// <summary>A host that takes passcodes and reports an alarm, as its sshfn would.</summary>
    private static async Task EnrollAsync(BrokerApi admin, string resource)
    {
        CreatedEnrollmentTokenResponse token = await admin.PostAsync<CreateEnrollmentTokenRequest, CreatedEnrollmentTokenResponse>(
            Routes.EnrollmentTokens, new CreateEnrollmentTokenRequest(resource));
        EnrolledHostResponse enrolled = await admin.PostAsync<EnrollHostRequest, EnrolledHostResponse>(
            Routes.Hosts, new EnrollHostRequest([PortalKeys.Host], "9.2", Injected, token.Token));
        using var host = new BrokerApi(admin.Http.BaseAddress!, enrolled.Token);
        TrustBundleResponse bundle = await admin.GetAsync<TrustBundleResponse>(Routes.TrustBundle);
        await host.PostAsync<ReportHostRequest, HostResponse>($"{Routes.Hosts}/{enrolled.Host.Id}/report", new ReportHostRequest(
            bundle.Version, 0, "9.2", "0.1.0", [new HostAlarm("a1", "configuration", Injected, enrolled.Host.Enrolled)], Passcodes: true));
    }
}
