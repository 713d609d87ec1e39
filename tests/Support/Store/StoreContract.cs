using System.Text;
using SshFunctions.Core.Ports;
using Xunit;

namespace SshFunctions.Support.Store;

/// <summary>The law of <see cref="IStore"/>, one test for each rule. A backend derives from it and adds only how it is opened.</summary>
public abstract partial class StoreContract : IAsyncLifetime
{
    private const int TimeoutMilliseconds = 60_000;
    private const int MediumBodyBytes = 512 * 1024;

    private IStore? _store;
    private IStore? _neighbour;

    /// <summary>A partition that no other test uses: backends may share what they keep between tests.</summary>
    protected string Partition { get; } = $"test-{Guid.NewGuid():N}";

    /// <summary>The store under test.</summary>
    protected IStore Store => _store!;

    /// <summary>A second way to the same documents, as another process has it; the store itself where there is none.</summary>
    protected IStore Neighbour => _neighbour!;

    public async Task InitializeAsync()
    {
        _store = await OpenAsync();
        _neighbour = await OpenNeighbourAsync();
    }

    public Task DisposeAsync() => CloseAsync();

    /// <summary>Opens the store under test.</summary>
    protected abstract Task<IStore> OpenAsync();

    /// <summary>Opens the same documents a second time.</summary>
    protected virtual Task<IStore> OpenNeighbourAsync() => Task.FromResult(Store);

    /// <summary>Closes what was opened.</summary>
    protected virtual Task CloseAsync() => Task.CompletedTask;

    private static byte[] Body(string text) => Encoding.UTF8.GetBytes(text);

    protected static DocumentChange Insert(string row, string body = "{}") => new DocumentChange.Insert(row, Body(body));

    protected static DocumentChange Replace(string row, DocumentVersion version, string body = "{}") =>
        new DocumentChange.Replace(row, Body(body), version);

    protected static DocumentChange Delete(string row, DocumentVersion version) => new DocumentChange.Delete(row, version);

    private Task<CommitResult> CommitAsync(params DocumentChange[] changes) =>
        Store.CommitAsync(Partition, changes, CancellationToken.None).AsTask();

    private async Task<IReadOnlyList<DocumentVersion?>> MustCommitAsync(params DocumentChange[] changes) =>
        Assert.IsType<CommitResult.Committed>(await CommitAsync(changes)).Versions;

    private async Task MustConflictAsync(int index, ConflictReason reason, params DocumentChange[] changes) =>
        Assert.Equal(new CommitResult.Conflicted(index, reason), await CommitAsync(changes));

    private async Task<DocumentVersion> InsertAsync(string row, string body = "{}") => (await MustCommitAsync(Insert(row, body)))[0]!.Value;

    private async Task<string?> ReadAsync(string row, IStore? store = null)
    {
        StoredDocument? document = await (store ?? Store).GetAsync(new DocumentKey(Partition, row), CancellationToken.None);
        return document is null ? null : Encoding.UTF8.GetString(document.Body.Span);
    }

    private async Task<List<StoredDocument>> ListAllAsync(RowRange range, IStore? store = null)
    {
        var all = new List<StoredDocument>();
        for (RowRange? rest = range; rest is { } asked;)
        {
            DocumentPage page = await (store ?? Store).ListAsync(Partition, asked, CancellationToken.None);
            Assert.True(page.Documents.Count <= range.Limit, "a page is longer than its limit");
            Assert.True(page.Next is null || page.Documents.Count > 0 || page.Next != asked.From, "a page makes no progress");
            all.AddRange(page.Documents);
            rest = page.Next is null ? null : asked.Continue(page.Next);
        }

        return all;
    }

    private async Task<string[]> RowsAsync(RowRange range) => [.. (await ListAllAsync(range)).Select(document => document.Key.Row)];
}
