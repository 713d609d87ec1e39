using SshFunctions.Core.Ports;

namespace SshFunctions.Support.Proofs.Schedules;

/// <summary>A call of the store that waits for its turn, or another step that does.</summary>
internal sealed class StoreCall(string strand, StoreInstance? instance, string verb, string place, IReadOnlyList<DocumentChange>? changes)
{
    private readonly TaskCompletionSource<Fate> _turn = new();

    public string Strand => strand;

    public StoreInstance? Instance => instance;

    public bool IsCommit => changes is not null;

    public Task<Fate> Turn => _turn.Task;

    public void Release(Fate fate) => _turn.SetResult(fate);

    public override string ToString()
    {
        string rows = changes is null ? "" : " " + string.Join(", ", changes.Select(change => $"{change.GetType().Name.ToLowerInvariant()} {change.Row}"));
        return $"{instance?.Name ?? "-"}/{strand}: {verb} {place}{rows}";
    }
}
