using System.Collections.Concurrent;
using SshFunctions.Api;
using SshFunctions.Ssh.Certificates;
using SshFunctions.Ssh.Keys;
using SshFunctions.Support.Broker;
using SshFunctions.Support.Files;
using SshFunctions.Support.Processes;
using SshFunctions.Support.Programs;
using SshFunctions.Support.Proofs;

namespace SshFunctions.Interop.Tests.Broker;

/// <summary>A broker that dies in the midst of its work owes nothing: whatever left it is in the journal.</summary>
[Trait("Proof", "faults")]
public sealed class KilledBrokerTests : IDisposable
{
    private const int MinterCount = 8;
    private const int MostMintsOfARound = 60;
    private const string Resource = "acme/production/web";

    private static readonly int RoundCount = LongRuns.Count(usual: 3, whole: 200);
    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentQueue<(ulong Serial, string Fingerprint)> _received = new();

    public void Dispose() => _folder.Dispose();

    [Fact(Timeout = 1_200_000)]
    public async Task Has_a_journal_entry_for_every_certificate_received_after_kills_under_8_minters()
    {
        var random = new Random(20);
        string token = await PrepareAsync();

        for (int round = 1; round <= RoundCount; round++)
        {
            await using TestBroker broker = await StartAsync();
            // All of a long journal after every kill would be a second each time.
            if (round % 10 <= 3) await AgreesAsync(broker);
            await MintUntilKilledAsync(broker, token, random.Next(1, MostMintsOfARound));
        }

        // Copying it checks every page of the file that the last kill left.
        (await ProcessRun.ToEndAsync(ProductProgram.Broker.Path, ["backup", "--data", TestBroker.DataOf(_folder), "--to", _folder["copy"]])).Expect(0);
        Assert.True(_received.Count >= RoundCount, $"only {_received.Count} certificates were received");
        int stored = await JournalCheck.StoredAsync(TestBroker.DataOf(_folder));
        await using TestBroker last = await StartAsync();
        int listed = await AgreesAsync(last, isLast: true);
        Assert.InRange(listed, stored, stored + 1); // the last start opens one more segment, in its own time
    }

    private Task<TestBroker> StartAsync() => TestBroker.StartAsync(
        _folder, ["--requests-per-minute-per-caller", "1000000", "--requests-per-minute-per-address", "1000000"]);

    private async Task<string> PrepareAsync()
    {
        await using TestBroker broker = await StartAsync();
        await broker.Admin.PutResourceAsync(Resource, new ResourceRequest([new HostAddress("web.example.com")], ["deploy"]));
        await broker.Admin.GrantAsync("alice", "alice", Resource);
        return await broker.Admin.CreateTokenAsync("alice");
    }

    private async Task MintUntilKilledAsync(TestBroker broker, string token, int count)
    {
        int target = _received.Count + count;
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task[] minters = [.. Enumerable.Range(0, MinterCount).Select(_ => Task.Run(() => MintAsync(broker.As(token), target, enough)))];
        await Task.WhenAny(enough.Task, Task.WhenAll(minters));
        Assert.True(enough.Task.IsCompletedSuccessfully, "the minters ended before the broker was killed");
        await broker.KillAsync();
        await Task.WhenAll(minters);
    }

    // Mints until the connection breaks; any answer but a certificate is a failure of the test.
    private async Task MintAsync(BrokerApi caller, int target, TaskCompletionSource enough)
    {
        while (true)
        {
            using SshPrivateKey key = SshPrivateKey.GenerateEd25519();
            UserCertificateResponse minted;
            try
            {
                minted = await caller.IssueAsync(key.PublicKey.ToText(), Resource, "deploy");
            }
            catch (Exception broken) when (broken is HttpRequestException { StatusCode: null } or IOException)
            {
                return;
            }

            SshCertificate certificate = SshCertificate.Parse(minted.Certificate);
            Assert.True(certificate.VerifySignature());
            Assert.Equal(minted.Serial, certificate.Content.Serial);
            _received.Enqueue((minted.Serial, certificate.Content.SubjectKey.Fingerprint.ToString()));
            if (_received.Count >= target) enough.TrySetResult();
        }
    }

    /// <summary>Checks the journal against everything received so far.</summary>
    /// <returns>How many entries it has.</returns>
    private async Task<int> AgreesAsync(TestBroker broker, bool isLast = false)
    {
        IReadOnlyList<JournalEntryResponse> entries = await broker.Admin.ListAsync<JournalEntryResponse>(Routes.Journal);
        JournalCheck.Chains(entries);
        Dictionary<ulong, string> issued = entries
            .Where(entry => entry.Event == "certificate.issued")
            .ToDictionary(entry => entry.Serial, entry => entry.Details.GetProperty("subjectKey").GetString()!);
        int repeated = _received.Count - _received.Select(received => received.Serial).Distinct().Count();
        (ulong Serial, string Fingerprint)[] lost = [.. _received.Where(received => issued.GetValueOrDefault(received.Serial) != received.Fingerprint)];
        if (isLast || repeated + lost.Length > 0)
            new ProofFigure("faults", $"SIGKILL of a serving broker under 8 minters, {RoundCount} times: certificates received", _received.Count, repeated, lost.Length).Record();
        Assert.Equal(0, repeated);
        Assert.Empty(lost);
        return entries.Count;
    }
}
