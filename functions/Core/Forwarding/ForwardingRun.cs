using SshFunctions.Core.Journal;

namespace SshFunctions.Core.Forwarding;

/// <summary>One run to one target: what it sent, and what stopped it.</summary>
internal sealed class ForwardingRun(JournalForwarder forwarder)
{
    public Refusal? Failure { get; private set; }

    public bool HasSent { get; private set; }

    /// <summary>Sends those that are wanted; takes all up to the first that could not be sent.</summary>
    public async Task<int> TakeAsync(IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken)
    {
        int[] wanted = [.. Enumerable.Range(0, entries.Count).Where(index => forwarder.Selection.Fits(entries[index]))];
        foreach (int[] chunk in wanted.Chunk(forwarder.Target.MaximumBatchCount))
        {
            Result<Done> sent = await forwarder.Target.SendAsync([.. chunk.Select(index => entries[index])], cancellationToken);
            if (!sent.Try(out _, out Refusal? refusal))
            {
                Failure = refusal;
                return chunk[0];
            }

            HasSent = true;
        }

        return entries.Count;
    }
}
