using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using SshFunctions.Api;
using SshFunctions.Interop.Tests.Broker;
using SshFunctions.Ssh.Keys;
using SshFunctions.Support.Azurite;
using SshFunctions.Support.Broker;
using SshFunctions.Support.Files;

namespace SshFunctions.Interop.Tests.Storage;

/// <summary>A broker whose storage goes away while it mints, and comes back.</summary>
public sealed class StorageOutageTests : IAsyncLifetime, IDisposable
{
    private const int Patience = 300_000;
    private const string Resource = "acme/production/web";

    private readonly TemporaryFolder _folder = new();
    private AzuriteProcess _azurite = null!;
    private SharedBrokers _brokers = null!;
    private BrokerApi _alice = null!;

    public async Task InitializeAsync()
    {
        _azurite = await AzuriteProcess.StartAsync(new AzuriteOptions { Services = AzuriteServices.Tables, Folder = _folder["azurite"] });
        _brokers = await SharedBrokers.StartAsync(_folder, _azurite.TakeAccount(), 1);
        await _brokers.Admin(0).PutResourceAsync(Resource, new ResourceRequest([new HostAddress("web.example.com")], ["deploy"], "sshd"));
        await _brokers.Admin(0).GrantAsync("alice", "alice", Resource);
        _alice = _brokers.As(0, await _brokers.Admin(0).CreateTokenAsync("alice"));
    }

    public async Task DisposeAsync()
    {
        await _brokers.DisposeAsync();
        await _azurite.DisposeAsync();
    }

    public void Dispose() => _folder.Dispose();

    [Fact(Timeout = Patience)]
    public async Task While_storage_is_away_nothing_is_minted_and_nothing_is_released_unrecorded_and_afterwards_it_goes_on()
    {
        var received = new ConcurrentDictionary<ulong, string>();
        using var done = new CancellationTokenSource();
        var refused = new ConcurrentBag<HttpStatusCode>();
        Task[] minters = [.. Enumerable.Range(0, 6).Select(_ => Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
            {
                if (await MintAsync(received) is { } status) refused.Add(status);
            }
        }))];
        while (received.Count < 40) await Task.Yield();
        await _azurite.StopAsync();
        while (refused.Count < 6) await Task.Yield();
        await RefusesAsync();
        using (HttpResponseMessage alive = await _brokers.As(0, null).SendAsync(HttpMethod.Get, Routes.Health))
            Assert.Equal(HttpStatusCode.OK, alive.StatusCode);

        int atOutage = received.Count;
        await _azurite.StartAgainAsync();
        while (received.Count < atOutage + 40) await Task.Yield();
        await done.CancelAsync();
        await Task.WhenAll(minters);
        Assert.All(refused, status => Assert.Equal(HttpStatusCode.ServiceUnavailable, status));
        await AgreesAsync(received);
    }

    [Fact(Timeout = Patience)]
    public async Task A_broker_that_starts_while_storage_is_away_says_so_and_serves_when_it_is_back()
    {
        await _azurite.StopAsync();
        int late = await _brokers.StartOneAsync();
        using HttpResponseMessage away = await _brokers.As(late, _alice.Token).SendAsync(HttpMethod.Get, Routes.Me);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, away.StatusCode);
        Assert.NotNull(away.Headers.RetryAfter);
        await _azurite.StartAgainAsync();
        HttpStatusCode answered = HttpStatusCode.ServiceUnavailable;
        while (answered == HttpStatusCode.ServiceUnavailable)
        {
            using HttpResponseMessage again = await _brokers.As(late, _alice.Token).SendAsync(HttpMethod.Get, Routes.Me);
            answered = again.StatusCode;
        }

        Assert.Equal(HttpStatusCode.OK, answered);
    }

    private async Task<HttpStatusCode?> MintAsync(ConcurrentDictionary<ulong, string> received)
    {
        using SshPrivateKey key = SshPrivateKey.GenerateEcdsa(256);
        using HttpResponseMessage answer = await SendAsync(key);
        if (answer.StatusCode != HttpStatusCode.OK) return answer.StatusCode;
        UserCertificateResponse minted = JsonSerializer.Deserialize(await answer.Content.ReadAsStringAsync(), ApiJson.Default.UserCertificateResponse)!;
        Assert.True(received.TryAdd(minted.Serial, key.PublicKey.Fingerprint.ToString()));
        return null;
    }

    private async Task RefusesAsync()
    {
        using SshPrivateKey key = SshPrivateKey.GenerateEcdsa(256);
        using HttpResponseMessage answer = await SendAsync(key);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter);
    }

    private Task<HttpResponseMessage> SendAsync(SshPrivateKey key) => _alice.SendAsync(
        HttpMethod.Post,
        Routes.UserCertificates,
        JsonSerializer.Serialize(new IssueUserCertificateRequest(key.PublicKey.ToText(), Resource: Resource, Login: "deploy"), ApiJson.Default.IssueUserCertificateRequest));

    private async Task AgreesAsync(ConcurrentDictionary<ulong, string> received)
    {
        IReadOnlyList<JournalEntryResponse> entries = await _brokers.Admin(0).ListAsync<JournalEntryResponse>(Routes.Journal);
        JournalCheck.Chains(entries);
        Dictionary<ulong, string> issued = entries
            .Where(entry => entry.Event == "certificate.issued")
            .ToDictionary(entry => entry.Serial, entry => entry.Details.GetProperty("subjectKey").GetString()!);
        Assert.All(received, one => Assert.Equal(one.Value, issued.GetValueOrDefault(one.Key)));
    }
}
