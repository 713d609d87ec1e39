using SshFunctions.Core.Ports;

namespace SshFunctions.Local.Sqlite;

/// <summary>A commit that waits for the writer.</summary>
internal sealed class PendingCommit(string partition, IReadOnlyList<DocumentChange> changes, CancellationToken cancellationToken)
{
    // The caller must not continue on the writer's thread.
    private readonly TaskCompletionSource<CommitResult> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CommitResult? _result;

    public Task<CommitResult> Answer => _answer.Task;

    /// <summary>Whether the caller left before it was begun.</summary>
    public bool IsAbandoned => cancellationToken.IsCancellationRequested;

    public int BodyBytes => changes.Sum(change => change.BodyBytes);

    /// <summary>Joins the writer's transaction; nobody is told before it is on disk, also not of a conflict with a neighbour in it.</summary>
    public void Apply(DocumentWriter writer) => _result = writer.Apply(partition, changes);

    public void Succeed() => _answer.SetResult(_result!);

    public void Fail(StoreUnavailableException exception) => _answer.SetException(exception);

    public void Abandon() => _answer.SetCanceled(cancellationToken);
}
