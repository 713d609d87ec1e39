using System.Text.Json;
using SshFunctions.Api;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Journal.Checkpoints;
using SshFunctions.Core.Ports;
using SshFunctions.Local.Keys;
using SshFunctions.Local.Sqlite;
using SshFunctions.Support.Broker;
using SshFunctions.Support.Files;
using SshFunctions.Support.Processes;
using SshFunctions.Support.Programs;

namespace SshFunctions.Interop.Tests.Broker;

/// <summary>The real broker's journal, saved and checked by the real sshfn; the broker is killed in between.</summary>
public sealed class JournalExportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFolder _home = new();

    public void Dispose()
    {
        _folder.Dispose();
        _home.Dispose();
    }

    [Fact(Timeout = 180_000)]
    public async Task What_a_killed_broker_recorded_is_saved_and_verified_and_what_was_changed_in_its_file_is_named()
    {
        await using (TestBroker broker = await TestBroker.StartAsync(_folder))
        {
            for (int at = 0; at < 20; at++) await broker.Admin.CreateTokenAsync($"person-{at}");
            await broker.KillAsync();
        }

        await SealAsync();
        string key = _home.Write("journal.json", "");
        ulong token;
        await using (TestBroker broker = await TestBroker.StartAsync(_folder))
        {
            await File.WriteAllTextAsync(key, await broker.Anonymous.Http.GetStringAsync(new Uri(Routes.TrustBundle, UriKind.Relative)));
            await SshfnAsync(0, broker.BootstrapToken, "login", "--broker", broker.Url.AbsoluteUri, "--token", "-");
            token = (await broker.Admin.JournalAsync("token.created"))[0].Serial;
            await SshfnAsync(0, null, "audit", "export", "--output", _home["journal.ndjson"]);
            ProcessRun genuine = await SshfnAsync(0, null, "audit", "verify", _home["journal.ndjson"], "--key", key);
            Assert.Contains("genuine", genuine.Output, StringComparison.Ordinal);
            await SshfnAsync(0, null, "audit", "proof", $"{token}", "--output", _home["proof.json"]);
            await SshfnAsync(0, null, "audit", "verify", "--proof", _home["proof.json"], "--key", key);
            await SshfnAsync(0, null, "audit", "export", "--format", "csv", "--output", _home["journal.csv"]);
            Assert.Equal(20, (await File.ReadAllLinesAsync(_home["journal.csv"])).Count(line => line.Contains("person-", StringComparison.Ordinal)));
            await broker.KillAsync();
        }

        await ChangeAsync(token);
        await using TestBroker last = await TestBroker.StartAsync(_folder);
        await SshfnAsync(0, last.BootstrapToken, "login", "--broker", last.Url.AbsoluteUri, "--token", "-");
        await SshfnAsync(0, null, "audit", "export", "--output", _home["changed.ndjson"]);
        ProcessRun broken = await SshfnAsync(1, null, "audit", "verify", _home["changed.ndjson"], "--key", key, "--json");
        using JsonDocument report = JsonDocument.Parse(broken.Output);
        Assert.Equal(("broken", $"{token}"), (report.RootElement.GetProperty("result").GetString(), report.RootElement.GetProperty("serial").GetString()));
    }

    [Fact(Timeout = 180_000)]
    public async Task An_export_that_was_stopped_goes_on_where_it_stopped()
    {
        await using TestBroker broker = await TestBroker.StartAsync(_folder);
        for (int at = 0; at < 20; at++) await broker.Admin.CreateTokenAsync($"person-{at}");
        await SshfnAsync(0, broker.BootstrapToken, "login", "--broker", broker.Url.AbsoluteUri, "--token", "-");
        await SshfnAsync(0, null, "audit", "export", "--output", _home["journal.ndjson"]);
        string whole = await File.ReadAllTextAsync(_home["journal.ndjson"]);

        // As a run leaves it that was killed in the midst of a line.
        string name = $"{_home["again.ndjson"]}.{PartOf("/api/audit/export?format=ndjson")}.part";
        await File.WriteAllTextAsync(name, whole[..(whole.Length / 2)]);
        File.SetUnixFileMode(name, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        ProcessRun resumed = await SshfnAsync(0, null, "audit", "export", "--output", _home["again.ndjson"]);
        Assert.Contains("goes on behind serial", resumed.Error, StringComparison.Ordinal);
        Assert.Equal(Entries(whole), Entries(await File.ReadAllTextAsync(_home["again.ndjson"])));
        Assert.False(File.Exists(name));
    }

    private static string[] Entries(string text) => [.. text.Split('\n').Where(line => line.StartsWith("{\"segment\"", StringComparison.Ordinal) || line.StartsWith("{\"end\"", StringComparison.Ordinal))];

    private static string PartOf(string query) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(query)))[..8];

    private async Task SealAsync()
    {
        string data = TestBroker.DataOf(_folder);
        await using SqliteStore store = SqliteStore.Open(Path.Combine(data, "store.db"));
        using var key = KeyFile.Read(Path.Combine(data, "keys", "journal")).Value!;
        await new JournalSealer(store, new PrivateKeyStatementSigner(key), TimeProvider.System).SealAsync(CancellationToken.None);
    }

    private async Task ChangeAsync(ulong serial)
    {
        Assert.True(JournalPosition.TryFromSerial(serial, out JournalPosition position));
        await using SqliteStore store = SqliteStore.Open(Path.Combine(TestBroker.DataOf(_folder), "store.db"));
        var key = new DocumentKey($"journal:{position.Segment:D15}", $"{position.Index:D5}");
        StoredDocument stored = (await store.GetAsync(key, CancellationToken.None))!;
        byte[] changed = System.Text.Encoding.UTF8.GetBytes(
            System.Text.Encoding.UTF8.GetString(stored.Body.Span).Replace("person-", "parson-", StringComparison.Ordinal));
        await store.CommitAsync(key.Partition, [new DocumentChange.Replace(key.Row, changed, stored.Version)], CancellationToken.None);
    }

    private async Task<ProcessRun> SshfnAsync(int exitCode, string? input, params string[] arguments)
    {
        ProcessRun run = await ProcessRun.ToEndAsync(
            ProductProgram.Sshfn.Path, arguments, input, _home.Path, new Dictionary<string, string?> { ["SSHFN_HOME"] = _home["home"] });
        Assert.True(run.ExitCode == exitCode, $"{run.ExitCode}: {run.Output}{run.Error}");
        return run;
    }
}
