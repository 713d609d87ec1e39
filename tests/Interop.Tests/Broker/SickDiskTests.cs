using System.Globalization;
using System.Net;
using SshFunctions.Api;
using SshFunctions.Ssh.Keys;
using SshFunctions.Support.Broker;
using SshFunctions.Support.Files;
using SshFunctions.Support.Processes;
using SshFunctions.Support.Programs;
using SshFunctions.Support.Proofs;

namespace SshFunctions.Interop.Tests.Broker;

/// <summary>The real broker on a disk that is full, can't be written, or turned a page of its store into something else.</summary>
[Trait("Proof", "faults")]
public sealed class SickDiskTests : IDisposable
{
    private const int MostMints = 4000;
    private const int PageBytes = 4096;
    private const string Resource = "acme/production/web";

    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFolder _scripts = new();
    private readonly HashSet<ulong> _received = [];
    private string _alice = "";
    private string _bob = "";

    public void Dispose()
    {
        _folder.Dispose();
        _scripts.Dispose();
    }

    [Fact(Timeout = 300_000)]
    public async Task On_a_full_disk_nothing_is_given_that_is_not_kept_and_with_room_it_goes_on_by_itself()
    {
        int refused = 0;
        // A file may have 1 MiB; what would make it larger is refused as on a disk without room.
        await using (TestBroker broker = await StartAsync(Script("trap '' XFSZ\nulimit -f 2048\nexport DOTNET_EnableWriteXorExecute=0\nexec BROKER \"$@\"")))
        {
            await PrepareAsync(broker);
            for (int mint = 0; mint < MostMints && refused < 5; mint++)
            {
                if (await MintAsync(broker, _alice) is { } status) refused += Assert503(status);
            }

            using HttpResponseMessage alive = await broker.Anonymous.SendAsync(HttpMethod.Get, Routes.Health);
            Assert.Equal(HttpStatusCode.OK, alive.StatusCode);
            await broker.KillAsync();
        }

        Assert.Equal(5, refused);
        await using TestBroker roomy = await StartAsync();
        int lost = await LostAsync(roomy);
        int before = _received.Count;
        Assert.Null(await MintAsync(roomy, _alice));
        new ProofFigure("faults", "disk full under a serving broker: certificates received", before, before + 1 - _received.Count, lost).Record();
        Assert.Equal((0, before + 1), (lost, _received.Count));
    }

    [FactWithMounts(Timeout = 120_000)]
    public async Task A_data_directory_that_can_not_be_written_stops_the_start_and_says_so()
    {
        await using (TestBroker broker = await StartAsync()) await broker.StopAsync();
        string data = TestBroker.DataOf(_folder);
        string script = Script($"""
            exec unshare -m sh -c 'mount --bind "{data}" "{data}" && mount -o remount,ro,bind "{data}" && exec BROKER "$@"' sh "$@"
            """);
        ProcessRun run = await ProcessRun.ToEndAsync(script, ["serve", "--data", data, "--listen", "http://127.0.0.1:0"]);
        new ProofFigure("faults", "read-only disk: start", 1, run.ExitCode == 0 ? 1 : 0).Record();
        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("Read-only file system", run.Error, StringComparison.Ordinal);
        Assert.Contains("sshfn-broker: error: ", run.Error, StringComparison.Ordinal);
        await using TestBroker again = await StartAsync();
    }

    [Fact(Timeout = 1_200_000)]
    public async Task A_damaged_page_never_makes_a_wrong_answer()
    {
        await using (TestBroker broker = await StartAsync())
        {
            await PrepareAsync(broker);
            for (int mint = 0; mint < 30; mint++) Assert.Null(await MintAsync(broker, _alice));
            await broker.StopAsync();
        }

        string store = Path.Combine(TestBroker.DataOf(_folder), "store.db");
        byte[] good = await File.ReadAllBytesAsync(store);
        var wrong = new List<string>();
        int rounds = LongRuns.Count(usual: 6, whole: 60);
        for (int seed = 0; seed < rounds; seed++)
        {
            var random = new Random(seed);
            byte[] bad = [.. good];
            int page = random.Next(good.Length / PageBytes);
            if (seed % 2 == 0) random.NextBytes(bad.AsSpan(page * PageBytes, PageBytes));
            else bad.AsSpan(page * PageBytes, PageBytes).Clear();
            foreach (string file in Directory.GetFiles(TestBroker.DataOf(_folder), "store.db-*")) File.Delete(file);
            await File.WriteAllBytesAsync(store, bad);
            if (await FaultOfAsync() is { } fault) wrong.Add($"seed {seed}, page {page}: {fault}");
        }

        new ProofFigure("faults", "a damaged database page: starts and answers", rounds, wrong.Count).Record();
        Assert.Empty(wrong);
    }

    /// <summary>Starts on what is there, asks for what is owed and for what isn't.</summary>
    private async Task<string?> FaultOfAsync()
    {
        HashSet<ulong> before = [.. _received];
        TestBroker broker;
        try
        {
            broker = await StartAsync();
        }
        catch (InvalidOperationException refused)
        {
            // It does not start; it says which file it is.
            return refused.Message.Contains("error: ", StringComparison.Ordinal) ? null : $"ended without a word: {refused.Message}";
        }

        await using (broker)
        {
            for (int mint = 0; mint < 3; mint++)
            {
                int known = _received.Count;
                HttpStatusCode? status = await MintAsync(broker, _alice);
                if (status is null && _received.Count == known) return "a serial came twice";
                if (status is { } code && (int)code < 500) return $"who may enter was told {(int)code}";
                if (await MintAsync(broker, _bob) is null) return "who may not enter got a certificate";
            }

            await broker.KillAsync();
        }

        // The next round starts from the same file: its serials may come again then, and only then.
        _received.IntersectWith(before);
        return null;
    }

    private static int Assert503(HttpStatusCode status)
    {
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        return 1;
    }

    private async Task<int> LostAsync(TestBroker broker)
    {
        IReadOnlyList<JournalEntryResponse> entries = await broker.Admin.ListAsync<JournalEntryResponse>(Routes.Journal);
        JournalCheck.Chains(entries);
        HashSet<ulong> recorded = [.. entries.Where(entry => entry.Event == "certificate.issued").Select(entry => entry.Serial)];
        return _received.Count(serial => !recorded.Contains(serial));
    }

    private async Task PrepareAsync(TestBroker broker)
    {
        await broker.Admin.PutResourceAsync(Resource, new ResourceRequest([new HostAddress("web.example.com")], ["deploy"]));
        await broker.Admin.GrantAsync("alice", "alice", Resource);
        _alice = await broker.Admin.CreateTokenAsync("alice");
        _bob = await broker.Admin.CreateTokenAsync("bob");
    }

    /// <summary>Null when a certificate came, else what came instead.</summary>
    private async Task<HttpStatusCode?> MintAsync(TestBroker broker, string token)
    {
        using SshPrivateKey key = SshPrivateKey.GenerateEd25519();
        using var caller = new BrokerApi(broker.Url, token);
        try
        {
            _received.Add((await caller.IssueAsync(key.PublicKey.ToText(), Resource, "deploy")).Serial);
            return null;
        }
        catch (HttpRequestException refused) when (refused.StatusCode is { } status)
        {
            return status;
        }
    }

    private Task<TestBroker> StartAsync(string? program = null) => TestBroker.StartAsync(
        _folder, ["--requests-per-minute-per-caller", "1000000", "--requests-per-minute-per-address", "1000000"], program: program);

    private string Script(string text)
    {
        string path = _scripts.Write(
            string.Create(CultureInfo.InvariantCulture, $"broker-{Directory.GetFiles(_scripts.Path).Length}"),
            $"#!/bin/sh\n{text.Replace("BROKER", $"\"{ProductProgram.Broker.Path}\"", StringComparison.Ordinal)}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}
