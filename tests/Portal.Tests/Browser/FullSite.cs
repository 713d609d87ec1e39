using SshFunctions.Api;
using SshFunctions.Core.Journal.Checkpoints;
using SshFunctions.Core.Ports;
using SshFunctions.Local.Keys;
using SshFunctions.Local.Sqlite;
using SshFunctions.Support.Broker;

namespace SshFunctions.Portal.Tests.Browser;

/// <summary>A site where much has happened: every page has something to show, and every free text of it is somebody's markup.</summary>
public sealed class FullSite : IAsyncLifetime, IDisposable
{
    private const string Web = "acme/production/web";
    private readonly PortalSite _site = new();

    public TestBroker Broker => _site.Broker;

    /// <summary>Bob's request that gave access, and for which he wants more time.</summary>
    public string ActiveRequest { get; private set; } = "";

    /// <summary>The entry of the switch that was turned off for a reason.</summary>
    public ulong Entry { get; private set; }

    public async Task InitializeAsync()
    {
        await _site.InitializeAsync();
        using BrokerApi ops = await Broker.AsPersonAsync("ops"), bob = await Broker.AsPersonAsync("bob"), alice = await Broker.AsPersonAsync("alice");
        await ops.PostAsync<RegisterKeyRequest, RegisteredKeyResponse>(Routes.Keys, new RegisterKeyRequest(PortalSite.Injected, PortalKeys.New()));
        await RequestAsync(ops, bob);
        await MintAsync(alice);
        await Broker.Admin.PostAsync<RotateKeyRequest, KeyRotationResponse>(Routes.KeyRotations, new RotateKeyRequest("user-ca"));
        Entry = (await Broker.Admin.JournalAsync("ssh-switch.set"))[0].Serial;
        await SealAsync(Broker.Data);
    }

    public async Task DisposeAsync() => await _site.DisposeAsync();

    public void Dispose() => _site.Dispose();

    /// <summary>A page at which a person has signed in.</summary>
    public Task<PortalSession> SignInAsync(string subject, PortalView view) => _site.SignInAsync(subject, view);

    /// <summary>Signs a checkpoint over the journal, as the timer does every five minutes.</summary>
    public static async Task SealAsync(string data)
    {
        await using SqliteStore store = SqliteStore.Open(Path.Combine(data, "store.db"));
        using var key = KeyFile.Read(Path.Combine(data, "keys", "journal")).Value!;
        await new JournalSealer(store, new PrivateKeyStatementSigner(key), TimeProvider.System).SealAsync(CancellationToken.None);
    }

    /// <summary>Opens a request.</summary>
    public static Task<AccessRequestResponse> AskAsync(BrokerApi person, string path, bool isEmergency = false) => person.PostAsync<OpenAccessRequestRequest, AccessRequestResponse>(
        Routes.AccessRequests, new OpenAccessRequestRequest(path, PortalSite.Injected, 7200, TicketReference: PortalSite.Injected, TicketUrl: "https://tickets.example.com/7", BreakGlass: isEmergency));

    private async Task RequestAsync(BrokerApi ops, BrokerApi bob)
    {
        await Broker.Admin.PutAsync<AccessRuleRequest, AccessRuleResponse>($"{Routes.AccessRule}?path=zoo", new AccessRuleRequest(BreakGlass: ["subject=bob"]));
        await AskAsync(ops, "zoo/cage");
        await AskAsync(bob, "acme/production/git");
        await AskAsync(bob, "zoo/cage/lion", isEmergency: true);
        ActiveRequest = (await AskAsync(bob, Web)).Id;
        string At(string route) => route.Replace("{id}", ActiveRequest, StringComparison.Ordinal);
        await ops.PostAsync<DecideAccessRequestRequest, AccessRequestResponse>(At(Routes.AccessRequestDecision), new DecideAccessRequestRequest("approve", PortalSite.Injected));
        while ((await bob.GetAsync<AccessRequestResponse>(At(Routes.AccessRequest))).State != "active") await Task.Yield();
        await bob.PostAsync<ExtendAccessRequestRequest, AccessRequestResponse>(At(Routes.AccessRequestExtension), new ExtendAccessRequestRequest(600, PortalSite.Injected));
    }

    private static async Task MintAsync(BrokerApi alice)
    {
        for (int count = 0; count < 3; count++) await alice.IssueAsync(PortalKeys.New(), Web, "deploy");
        await Assert.ThrowsAsync<HttpRequestException>(() => alice.IssueAsync(PortalKeys.New(), "zoo/cage/lion", "keeper"));
    }
}
