using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.Json;
using SshFunctions.Api;
using SshFunctions.Azure.Storage;
using SshFunctions.Azure.Tables;
using SshFunctions.Interop.Tests.Broker;
using SshFunctions.Ssh.Certificates;
using SshFunctions.Ssh.Keys;
using SshFunctions.Support.Azurite;
using SshFunctions.Support.Broker;
using SshFunctions.Support.Files;
using SshFunctions.Support.Proofs;
using Xunit.Abstractions;

namespace SshFunctions.Interop.Tests.Storage;

/// <summary>Three real brokers on one storage account keep the promises of one.</summary>
public sealed class SharedBrokerTests(ITestOutputHelper output) : IAsyncLifetime, IDisposable
{
    private const int Patience = 3_600_000;
    private const int BrokerCount = 3;
    private const string Resource = "acme/production/web";

    private readonly TemporaryFolder _folder = new();
    private AzuriteAccount _account = null!;
    private SharedBrokers _brokers = null!;

    public async Task InitializeAsync()
    {
        _account = (await AzuriteProcess.SharedAsync()).TakeAccount();
        _brokers = await SharedBrokers.StartAsync(_folder, _account, BrokerCount);
        await _brokers.Admin(0).PutResourceAsync(Resource, new ResourceRequest([new HostAddress("web.example.com")], ["deploy"], "sshd"));
        await _brokers.Admin(1).GrantAsync("alice", "alice", Resource);
    }

    public async Task DisposeAsync() => await _brokers.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    [Fact(Timeout = Patience)]
    public async Task A_change_on_one_broker_is_in_force_on_every_other_at_its_next_request()
    {
        BrokerApi[] alice = await AsAliceAsync();
        string key = NewKey();
        foreach (BrokerApi broker in alice) await broker.IssueAsync(key, Resource, "deploy");

        await _brokers.Admin(0).PutAsync<SshSwitchRequest, SshSwitchResponse>(Routes.SshSwitch.Replace("{*path}", Resource, StringComparison.Ordinal), new SshSwitchRequest("disabled"));
        foreach (BrokerApi broker in alice) await RefusesAsync(broker, key, HttpStatusCode.Forbidden);
        await _brokers.Admin(1).PutAsync<SshSwitchRequest, SshSwitchResponse>(Routes.SshSwitch.Replace("{*path}", Resource, StringComparison.Ordinal), new SshSwitchRequest("enabled"));
        foreach (BrokerApi broker in alice) await broker.IssueAsync(key, Resource, "deploy");

        using HttpResponseMessage removed = await _brokers.Admin(2).SendAsync(HttpMethod.Delete, Routes.Grant.Replace("{id}", "alice", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        foreach (BrokerApi broker in alice) await RefusesAsync(broker, key, HttpStatusCode.Forbidden);
        await _brokers.Admin(2).GrantAsync("alice", "alice", Resource);
        foreach (BrokerApi broker in alice) await broker.IssueAsync(key, Resource, "deploy");

        using HttpResponseMessage token = await _brokers.Admin(0).SendAsync(
            HttpMethod.Delete, Routes.Token.Replace("{id}", alice[0].Token!.Split('.')[0], StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.NoContent, token.StatusCode);
        foreach (BrokerApi broker in alice) await RefusesAsync(broker, key, HttpStatusCode.Unauthorized);
    }

    [Fact(Timeout = Patience)]
    public async Task Of_a_thousand_redemptions_of_one_passcode_over_three_brokers_exactly_one_succeeds()
    {
        int runs = LongRuns.Count(2, 20);
        const int Race = 1000;
        BrokerApi[] alice = await AsAliceAsync();
        BrokerApi[] host = await AsHostAsync();
        var clock = Stopwatch.StartNew();
        int busy = 0;
        for (int run = 0; run < runs; run++)
        {
            PasscodeResponse minted = await alice[run % BrokerCount].PostAsync<MintPasscodeRequest, PasscodeResponse>(Routes.Passcodes, new MintPasscodeRequest(Resource));
            string request = JsonSerializer.Serialize(new RedeemPasscodeRequest(minted.Passcode, "deploy", "192.0.2.7"), ApiJson.Default.RedeemPasscodeRequest);
            HttpStatusCode[] answers = await Task.WhenAll(Enumerable.Range(0, Race).Select(number => Task.Run(async () =>
            {
                using HttpResponseMessage answer = await host[number % BrokerCount].SendAsync(HttpMethod.Post, Routes.PasscodeRedemptions, request);
                return answer.StatusCode;
            })));
            Assert.Single(answers, HttpStatusCode.OK);
            // So many at once may be more than the storage of a test serves in time: then nothing is granted either.
            Assert.All(answers, answer => Assert.True(
                answer is HttpStatusCode.OK or HttpStatusCode.Forbidden or HttpStatusCode.ServiceUnavailable, answer.ToString()));
            busy += answers.Count(answer => answer == HttpStatusCode.ServiceUnavailable);
        }

        output.WriteLine($"{runs} runs of {Race} redemptions in {clock.Elapsed.TotalSeconds:F1} s, {busy} answered 503");
        Assert.Equal(runs, (await _brokers.Admin(0).JournalAsync("passcode.redeemed")).Count);
    }

    [Fact(Timeout = Patience)]
    public async Task Mints_over_three_brokers_give_no_serial_twice_and_every_chain_verifies()
    {
        int count = LongRuns.Count(1_500, 30_000);
        BrokerApi[] alice = await AsAliceAsync();
        var received = new ConcurrentDictionary<ulong, string>();
        var clock = Stopwatch.StartNew();
        int busy = 0;
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 48 }, async (number, cancellation) =>
        {
            UserCertificateResponse? minted = null;
            while (minted is null)
            {
                try
                {
                    minted = await alice[number % BrokerCount].IssueAsync(NewKey(), Resource, "deploy", cancellation);
                }
                catch (HttpRequestException away) when (away.StatusCode == HttpStatusCode.ServiceUnavailable)
                {
                    // The storage of a test is sometimes busy with itself for seconds; whoever asks again gets another serial.
                    Interlocked.Increment(ref busy);
                }
            }

            Receive(received, minted);
        });
        output.WriteLine($"{count} mints in {clock.Elapsed.TotalSeconds:F1} s, {count / clock.Elapsed.TotalSeconds:F0} a second, {busy} answered 503");
        Assert.Equal(count, received.Count);
        await AgreesAsync(received, _brokers.Admin(2));
    }

    [Fact(Timeout = Patience)]
    public async Task One_killed_under_load_loses_nothing_that_a_client_was_told()
    {
        BrokerApi[] alice = await AsAliceAsync();
        var received = new ConcurrentDictionary<ulong, string>();
        using var enough = new CancellationTokenSource();
        Task[] minters = [.. Enumerable.Range(0, 12).Select(number => Task.Run(async () =>
        {
            while (!enough.IsCancellationRequested)
            {
                try
                {
                    Receive(received, await alice[number % BrokerCount].IssueAsync(NewKey(), Resource, "deploy"));
                }
                catch (Exception broken) when (number % BrokerCount == 1 && broken is HttpRequestException { StatusCode: null } or IOException)
                {
                    return;
                }
            }
        }))];
        while (received.Count < 150) await Task.Yield();
        await _brokers.KillAsync(1);
        int atDeath = received.Count;
        while (received.Count < atDeath + 150) await Task.Yield();
        await enough.CancelAsync();
        await Task.WhenAll(minters);

        int next = await _brokers.StartOneAsync();
        Receive(received, await _brokers.As(next, alice[0].Token).IssueAsync(NewKey(), Resource, "deploy"));
        await AgreesAsync(received, _brokers.Admin(next));
    }

    private static void Receive(ConcurrentDictionary<ulong, string> received, UserCertificateResponse minted)
    {
        SshCertificate certificate = SshCertificate.Parse(minted.Certificate);
        Assert.True(certificate.VerifySignature());
        Assert.Equal(minted.Serial, certificate.Content.Serial);
        Assert.True(received.TryAdd(minted.Serial, certificate.Content.SubjectKey.Fingerprint.ToString()), $"serial {minted.Serial} came twice");
    }

    /// <summary>Checks every stored entry, and that each certificate which somebody holds has its own.</summary>
    private async Task AgreesAsync(ConcurrentDictionary<ulong, string> received, BrokerApi reader)
    {
        TablesStore store = await TablesStore.OpenAsync(_account.TablesUrl, StorageCredential.ForAccount(_account.TablesUrl, _account.Key), CancellationToken.None);
        Assert.True(await JournalCheck.StoredAsync(store) >= received.Count);
        IReadOnlyList<JournalEntryResponse> entries = await reader.ListAsync<JournalEntryResponse>(Routes.Journal);
        JournalCheck.Chains(entries);
        Dictionary<ulong, string> issued = entries
            .Where(entry => entry.Event == "certificate.issued")
            .ToDictionary(entry => entry.Serial, entry => entry.Details.GetProperty("subjectKey").GetString()!);
        Assert.All(received, one => Assert.Equal(one.Value, issued.GetValueOrDefault(one.Key)));
    }

    private async Task<BrokerApi[]> AsAliceAsync()
    {
        string token = await _brokers.Admin(0).CreateTokenAsync("alice");
        return [.. Enumerable.Range(0, BrokerCount).Select(number => _brokers.As(number, token))];
    }

    private async Task<BrokerApi[]> AsHostAsync()
    {
        BrokerApi admin = _brokers.Admin(0);
        CreatedEnrollmentTokenResponse enrollment = await admin.PostAsync<CreateEnrollmentTokenRequest, CreatedEnrollmentTokenResponse>(
            Routes.EnrollmentTokens, new CreateEnrollmentTokenRequest(Resource));
        EnrolledHostResponse enrolled = await _brokers.As(1, null).PostAsync<EnrollHostRequest, EnrolledHostResponse>(
            Routes.Hosts, new EnrollHostRequest([NewKey()], "9.2", EnrollmentToken: enrollment.Token));
        return [.. Enumerable.Range(0, BrokerCount).Select(number => _brokers.As(number, enrolled.Token))];
    }

    private static async Task RefusesAsync(BrokerApi broker, string key, HttpStatusCode status)
    {
        using HttpResponseMessage answer = await broker.SendAsync(
            HttpMethod.Post, Routes.UserCertificates, JsonSerializer.Serialize(new IssueUserCertificateRequest(key, Resource: Resource, Login: "deploy"), ApiJson.Default.IssueUserCertificateRequest));
        Assert.Equal(status, answer.StatusCode);
    }

    private static string NewKey()
    {
        using SshPrivateKey key = SshPrivateKey.GenerateEcdsa(256);
        return key.PublicKey.ToText();
    }
}
