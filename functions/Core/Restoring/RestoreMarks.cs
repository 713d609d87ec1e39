using SshFunctions.Core.Ports;

namespace SshFunctions.Core.Restoring;

/// <summary>Tells whether a store goes on from a backup. Nothing that counts once may be taken on the word of what was restored.</summary>
/// <remarks>Partition <c>restores</c>, row <c>last</c>. Read once: a backup is restored while no broker runs.</remarks>
internal sealed class RestoreMarks(IStore store)
{
    private static readonly DocumentKey Key = new("restores", "last");
    private volatile Known? _known;

    /// <summary>The last restore; null for none.</summary>
    public async ValueTask<RestoreMark?> FindAsync(CancellationToken cancellationToken)
    {
        if (_known is { } known) return known.Mark;
        RestoreMark? mark = (await store.ReadAsync(Key, CoreJson.Default.RestoreMark, cancellationToken))?.Value;
        _known = new Known(mark);
        return mark;
    }

    /// <summary>Keeps that the store was restored.</summary>
    public async Task PutAsync(RestoreMark mark, CancellationToken cancellationToken)
    {
        StoredDocument? before = await store.GetAsync(Key, cancellationToken);
        if (!await store.TryPutAsync(Key, Json.Encode(mark, CoreJson.Default.RestoreMark), before?.Version, cancellationToken))
            throw new StoreUnavailableException("another process writes to the store that is being restored");
        _known = new Known(mark);
    }

    private sealed record Known(RestoreMark? Mark);
}
