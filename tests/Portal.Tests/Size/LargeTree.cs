using System.Text;
using Microsoft.Playwright;
using SshFunctions.Api;
using SshFunctions.Core.Ports;
using SshFunctions.Local.Sqlite;
using SshFunctions.Portal.Tests.Browser;
using SshFunctions.Support.Broker;
using SshFunctions.Support.Files;

namespace SshFunctions.Portal.Tests.Size;

/// <summary>A broker with 100 000 resources: 100 projects of 10 environments of 100 each, written into its store while it is down.</summary>
public sealed class LargeTree : IAsyncLifetime, IDisposable
{
    public const int Count = 100_000;
    private const string Partition = "tree";

    private readonly Chromium _chromium = new();
    private readonly TemporaryFolder _folder = new();
    private TestBroker? _broker;

    public TestBroker Broker => _broker ?? throw new InvalidOperationException("the broker is not started yet");

    public IBrowser Browser => _chromium.Browser;

    public async Task InitializeAsync()
    {
        await _chromium.InitializeAsync();
        await using (TestBroker first = await TestBroker.StartAsync(_folder))
        {
            await first.Admin.PutResourceAsync("p-00/e-0/r-000", new ResourceRequest([new HostAddress("p-00.e-0.r-000.example.com")], ["deploy"]));
            await first.StopAsync();
        }

        await GrowAsync(Path.Combine(TestBroker.DataOf(_folder), "store.db"));
        _broker = await TestBroker.StartAsync(_folder);
    }

    public async Task DisposeAsync()
    {
        if (_broker is not null) await _broker.DisposeAsync();
        await _chromium.DisposeAsync();
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Multiplies what the broker itself wrote.</summary>
    private static async Task GrowAsync(string path)
    {
        await using SqliteStore store = SqliteStore.Open(path);
        string project = await ReadAsync(store, "p:p-00"), environment = await ReadAsync(store, "e:p-00:e-0"), resource = await ReadAsync(store, "r:p-00:e-0:r-000");
        var rows = new List<DocumentChange>();
        for (int p = 0; p < 100; p++)
        {
            Add(rows, $"p:p-{p:d2}", project.Replace("p-00", $"p-{p:d2}", StringComparison.Ordinal), p == 0);
            for (int e = 0; e < 10; e++)
            {
                string Named(string text) => text.Replace("p-00", $"p-{p:d2}", StringComparison.Ordinal).Replace("e-0", $"e-{e}", StringComparison.Ordinal);
                Add(rows, $"e:p-{p:d2}:e-{e}", Named(environment), (p, e) == (0, 0));
                for (int r = 0; r < 100; r++)
                    Add(rows, $"r:p-{p:d2}:e-{e}:r-{r:d3}", Named(resource).Replace("r-000", $"r-{r:d3}", StringComparison.Ordinal), (p, e, r) == (0, 0, 0));
            }
        }

        foreach (DocumentChange[] part in rows.Chunk(StoreLimits.MaximumChangeCount)) await store.CommitAsync(Partition, part, default);
    }

    private static void Add(List<DocumentChange> rows, string row, string body, bool isThere)
    {
        if (!isThere) rows.Add(new DocumentChange.Insert(row, Encoding.UTF8.GetBytes(body)));
    }

    private static async Task<string> ReadAsync(SqliteStore store, string row) =>
        Encoding.UTF8.GetString((await store.GetAsync(new DocumentKey(Partition, row), default))!.Body.Span);
}
