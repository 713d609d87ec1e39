using System.Text;
using SshFunctions.Core.Ports;
using SshFunctions.Local.Queue;
using SshFunctions.Local.Sqlite;
using SshFunctions.Support.Queue;
using SshFunctions.Support.Time;

namespace SshFunctions.Store.Tests.Queue;

/// <summary>The local queue over SQLite, under a clock that stands still.</summary>
public sealed class LocalQueueContractTests : QueueContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualClock _clock = new();
    private SqliteStore _store = null!;
    private LocalQueue _queue = null!;

    public void Dispose() => _folder.Dispose();

    [Fact(Timeout = 10_000)]
    public async Task A_send_wakes_who_waits_for_it()
    {
        Task next = _queue.NextSend(Queue);
        await _queue.SendAsync(Queue + "-other", "{}"u8.ToArray(), default);
        Assert.False(next.IsCompleted);
        await _queue.SendAsync(Queue, "{}"u8.ToArray(), default);
        await next;
    }

    protected override Task<IMessageQueue> OpenAsync()
    {
        _store = SqliteStore.Open(_folder.StorePath);
        _queue = new LocalQueue(_store, _clock);
        return Task.FromResult<IMessageQueue>(_queue);
    }

    protected override async Task CloseAsync() => await _store.DisposeAsync();

    protected override async Task<bool> DeliverAsync(string queue, Func<string, Task<bool>> handle)
    {
        QueueOutcome outcome = await _queue.DeliverAsync(queue, (message, _) => handle(Encoding.UTF8.GetString(message.Span)), default);
        return outcome is QueueOutcome.Handled or QueueOutcome.Failed;
    }

    protected override Task PassVisibilityAsync()
    {
        _clock.Advance(LocalQueue.Visibility);
        return Task.CompletedTask;
    }

    protected override async Task<IReadOnlyList<string>> ListPutAsideAsync(string queue)
    {
        DocumentPage page = await _store.ListAsync($"queue:{queue}-poison", RowRange.All, default);
        return [.. page.Documents.Select(BodyOf)];
    }

    private static string BodyOf(StoredDocument document) =>
        Encoding.UTF8.GetString(System.Text.Json.JsonDocument.Parse(document.Body).RootElement.GetProperty("body").GetBytesFromBase64());
}
