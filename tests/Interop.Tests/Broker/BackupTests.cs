using System.Collections.Concurrent;
using System.Text.Json;
using SshFunctions.Api;
using SshFunctions.Ssh.Keys;
using SshFunctions.Support.Broker;
using SshFunctions.Support.Files;
using SshFunctions.Support.Processes;
using SshFunctions.Support.Programs;
using SshFunctions.Support.Proofs;

namespace SshFunctions.Interop.Tests.Broker;

/// <summary>The real broker is copied while it serves, lost, and goes on somewhere else; the real sshfn checks its journal.</summary>
[Trait("Proof", "faults")]
public sealed class BackupTests : IDisposable
{
    private const int MinterCount = 4;
    private const int Load = 25;
    private const string Resource = "acme/production/web";

    private readonly TemporaryFolder _lost = new();
    private readonly TemporaryFolder _next = new();
    private readonly TemporaryFolder _home = new();
    private readonly ConcurrentDictionary<ulong, bool> _received = new();

    public void Dispose()
    {
        foreach (TemporaryFolder folder in new[] { _lost, _next, _home }) folder.Dispose();
    }

    [Fact(Timeout = 300_000)]
    public async Task A_backup_under_load_goes_on_elsewhere_with_all_that_was_promised_and_gives_nothing_twice()
    {
        string token;
        ulong[] promised;
        long list;
        await using (TestBroker broker = await TestBroker.StartAsync(_lost))
        {
            token = await PrepareAsync(broker);
            using var end = new CancellationTokenSource();
            Task[] minters = [.. Enumerable.Range(0, MinterCount).Select(_ => Task.Run(() => MintAsync(broker.As(token), end.Token)))];
            while (_received.Count < Load) await Task.Yield();
            promised = [.. _received.Keys];
            using JsonDocument told = JsonDocument.Parse((await RunAsync("backup", "--data", broker.Data, "--to", _home["backup"], "--json")).Expect(0).Output);
            Assert.Contains("user-ca", told.RootElement.GetProperty("keys").GetString(), StringComparison.Ordinal);
            while (_received.Count < promised.Length + Load) await Task.Yield();
            await end.CancelAsync();
            await Task.WhenAll(minters);
            list = await RevokeAsync(broker);
            await broker.KillAsync();
        }

        (await RunAsync("backup", "--data", TestBroker.DataOf(_lost), "--to", _home["backup"])).Expect(1);
        (await RunAsync("restore", "--from", _home["backup"], "--data", TestBroker.DataOf(_lost))).Expect(1);
        (await RunAsync("restore", "--from", _home["backup"], "--data", TestBroker.DataOf(_next), "--json")).Expect(0);
        // The first admin's token is of the store; only the file that told it is not in the backup.
        File.Copy(Path.Combine(TestBroker.DataOf(_lost), "bootstrap-token"), Path.Combine(TestBroker.DataOf(_next), "bootstrap-token"));
        await using TestBroker next = await TestBroker.StartAsync(_next);
        await JudgeAsync(next, token, promised, list);
        await VerifyAsync(next);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_backup_for_which_the_disk_has_no_room_leaves_nothing_and_says_so()
    {
        await using TestBroker broker = await TestBroker.StartAsync(_lost);
        // 8 KiB a file: less than any store.
        string script = Script("ulimit -f 16");
        ProcessRun run = (await ProcessRun.ToEndAsync(script, ["backup", "--data", broker.Data, "--to", _home["backup"]])).Expect(1);
        Assert.Contains("nothing is left of it", run.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_home.Path, "*backup*"));
        (await RunAsync("backup", "--data", broker.Data, "--to", _home["backup"])).Expect(0);
        ProcessRun restore = (await ProcessRun.ToEndAsync(script, ["restore", "--from", _home["backup"], "--data", TestBroker.DataOf(_next)])).Expect(1);
        Assert.Contains("sshfn-broker: error: ", restore.Error, StringComparison.Ordinal);
        Assert.Contains("check the room", restore.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("damaged", restore.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_next.Path));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_backup_is_its_owners_alone_whatever_the_umask_is_and_the_environment_names_the_directory()
    {
        await using TestBroker broker = await TestBroker.StartAsync(_lost);
        foreach (string umask in new[] { "000", "777" })
        {
            string file = _home[$"backup-{umask}"];
            var environment = new Dictionary<string, string?> { ["SSHFN_BROKER_DATA"] = broker.Data };
            (await ProcessRun.ToEndAsync(Script($"umask {umask}"), ["backup", "--to", file], null, _home.Path, environment)).Expect(0);
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }

        Assert.Empty(Directory.GetFileSystemEntries(_home.Path, ".sshfn-backup-*"));
    }

    /// <summary>A script that becomes the broker under a limit. Files that outgrow it fail to be written, as on a full disk.</summary>
    private string Script(string limit)
    {
        string path = _home.Write("limited", $"#!/bin/sh\ntrap '' XFSZ\n{limit}\nexport DOTNET_EnableWriteXorExecute=0\nexec '{ProductProgram.Broker.Path}' \"$@\"\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }

    private async Task JudgeAsync(TestBroker next, string token, ulong[] promised, long list)
    {
        int before = _received.Count;
        IReadOnlyList<JournalEntryResponse> entries = await next.Admin.ListAsync<JournalEntryResponse>(Routes.Journal);
        JournalCheck.Chains(entries);
        HashSet<ulong> recorded = [.. entries.Where(entry => entry.Event == "certificate.issued").Select(entry => entry.Serial)];
        int lost = promised.Count(serial => !recorded.Contains(serial));
        Assert.Single(entries, entry => entry.Event == "broker.restored");
        int repeated = 0;
        for (int mint = 0; mint < Load; mint++) repeated += await MintAsync(next.As(token)) ? 0 : 1;
        new ProofFigure("faults", "backup while serving, restore elsewhere: certificates", before + Load, repeated, lost).Record();
        Assert.Equal((0, 0), (repeated, lost));
        Assert.True(await RevokeAsync(next) > list, "a host that holds the lost broker's list would refuse this one's");
    }

    private async Task VerifyAsync(TestBroker next)
    {
        string key = _home.Write("key.json", await next.Anonymous.Http.GetStringAsync(new Uri(Routes.TrustBundle, UriKind.Relative)));
        await SshfnAsync(next.BootstrapToken, "login", "--broker", next.Url.AbsoluteUri, "--token", "-");
        await SshfnAsync(null, "audit", "export", "--output", _home["journal.ndjson"]);
        ProcessRun verified = await ProcessRun.ToEndAsync(
            ProductProgram.Sshfn.Path, ["audit", "verify", _home["journal.ndjson"], "--key", key], null, _home.Path, Home);
        // 8: no checkpoint covers it yet, five minutes being to wait.
        Assert.True(verified.ExitCode is 0 or 8, verified.Error);
        Assert.Contains("restored from a backup", verified.Error, StringComparison.Ordinal);
    }

    private Dictionary<string, string?> Home => new() { ["SSHFN_HOME"] = _home["home"] };

    private async Task SshfnAsync(string? input, params string[] arguments) =>
        (await ProcessRun.ToEndAsync(ProductProgram.Sshfn.Path, arguments, input, _home.Path, Home)).Expect(0);

    private static async Task<string> PrepareAsync(TestBroker broker)
    {
        await broker.Admin.PutResourceAsync(Resource, new ResourceRequest([new HostAddress("web.example.com")], ["deploy"]));
        await broker.Admin.GrantAsync("alice", "alice", Resource);
        return await broker.Admin.CreateTokenAsync("alice");
    }

    private async Task MintAsync(BrokerApi caller, CancellationToken end)
    {
        while (!end.IsCancellationRequested) Assert.True(await MintAsync(caller), "a serial came twice");
    }

    private async Task<bool> MintAsync(BrokerApi caller)
    {
        using SshPrivateKey key = SshPrivateKey.GenerateEd25519();
        return _received.TryAdd((await caller.IssueAsync(key.PublicKey.ToText(), Resource, "deploy")).Serial, true);
    }

    private static async Task<long> RevokeAsync(TestBroker broker) => (await broker.Admin.PostAsync<RevokeAccessRequest, RevokedResponse>(
        Routes.Revocations, new RevokeAccessRequest("gone", Subject: $"mallory-{Guid.NewGuid():n}"))).KrlVersion;

    private static Task<ProcessRun> RunAsync(params string[] arguments) => ProcessRun.ToEndAsync(ProductProgram.Broker.Path, arguments);
}
