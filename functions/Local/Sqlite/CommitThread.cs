using System.Threading.Channels;
using SshFunctions.Core.Ports;

namespace SshFunctions.Local.Sqlite;

/// <summary>The only writer: takes what waits, and commits it in one transaction with one sync of the disk.</summary>
internal sealed class CommitThread : IAsyncDisposable
{
    // A transaction is bounded so that the first caller of it doesn't wait long and the log doesn't grow much.
    private const int MaximumGroupCount = 512;
    private const int MaximumGroupBytes = 8 * 1024 * 1024;
    private const int MaximumWaitingCount = 4096;

    private readonly StoreFile _file;
    private readonly SqliteSettings _settings;
    private readonly Channel<PendingCommit> _waiting = Channel.CreateBounded<PendingCommit>(
        new BoundedChannelOptions(MaximumWaitingCount) { SingleReader = true });

    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<PendingCommit> _group = [];
    private DocumentWriter? _writer;
    private long _transactionCount;

    private CommitThread(StoreFile file, SqliteSettings settings, DocumentWriter writer)
    {
        _file = file;
        _settings = settings;
        _writer = writer;
    }

    /// <summary>Transactions that were committed.</summary>
    public long TransactionCount => Interlocked.Read(ref _transactionCount);

    /// <summary>Opens a connection and starts; after a fault the next is opened as needed.</summary>
    public static CommitThread Start(StoreFile file, SqliteSettings settings)
    {
        var commits = new CommitThread(file, settings, DocumentWriter.Open(file.Path, settings));
        new Thread(commits.Run) { IsBackground = true, Name = "store commits" }.Start();
        return commits;
    }

    /// <summary>Waits in the queue, then for the disk.</summary>
    public async Task<CommitResult> CommitAsync(
        string partition, IReadOnlyList<DocumentChange> changes, CancellationToken cancellationToken)
    {
        var pending = new PendingCommit(partition, changes, cancellationToken);
        try
        {
            await _waiting.Writer.WriteAsync(pending, cancellationToken);
        }
        catch (ChannelClosedException)
        {
            throw new ObjectDisposedException(nameof(SqliteStore));
        }

        return await pending.Answer.WaitAsync(cancellationToken);
    }

    /// <summary>Takes no more, commits what waits, and closes.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _ended.Task;
    }

    private void Run()
    {
        while (_waiting.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            CommitGroup();
        }

        // The last connection to close copies the log into the file and removes it.
        _writer?.Dispose();
        _ended.SetResult();
    }

    private void CommitGroup()
    {
        try
        {
            _file.ThrowIfMoved();
            _writer ??= DocumentWriter.Open(_file.Path, _settings);
            _writer.Begin();
            ApplyWaiting(_writer);
            _writer.Commit();
            Interlocked.Increment(ref _transactionCount);
            foreach (PendingCommit pending in _group) pending.Succeed();
        }
        catch (SqliteException exception)
        {
            FailGroup(exception);
        }
        finally
        {
            _group.Clear();
        }
    }

    // Commits that arrive while their neighbours are applied still join.
    private void ApplyWaiting(DocumentWriter writer)
    {
        int groupBytes = 0;
        while (_group.Count < MaximumGroupCount && groupBytes < MaximumGroupBytes && _waiting.Reader.TryRead(out PendingCommit? pending))
        {
            if (pending.IsAbandoned)
            {
                pending.Abandon();
                continue;
            }

            _group.Add(pending);
            groupBytes += pending.BodyBytes;
            pending.Apply(writer);
        }
    }

    // Closing rolls back, and a fresh connection finds out whether the fault is over.
    private void FailGroup(SqliteException exception)
    {
        _writer?.Dispose();
        _writer = null;
        if (_group.Count == 0)
        {
            // No transaction began: those who wait would have been in it, and must not wait for one busy timeout each.
            while (_group.Count < MaximumGroupCount && _waiting.Reader.TryRead(out PendingCommit? pending)) _group.Add(pending);
        }

        foreach (PendingCommit pending in _group) pending.Fail(new StoreUnavailableException(exception.Message, exception));
    }
}
