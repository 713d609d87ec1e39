using SshFunctions.Core.Journal;
using SshFunctions.Support.Store;

namespace SshFunctions.Core.Tests.Interleavings;

/// <summary>What lies in the store of a journal, checked: chains that hold, one writer for each segment, and nothing behind an end.</summary>
internal static class StoredJournal
{
    public static async Task<List<JournalEntry>> ReadAsync(InMemoryStore store, TimeProvider clock)
    {
        var all = new List<JournalEntry>();
        await foreach (SegmentRecord record in new SegmentRegistry(store, clock).ListAsync(default))
        {
            List<JournalEntry> entries = await ReadSegmentAsync(store, clock, record.Segment);
            Check(record, entries);
            all.AddRange(entries);
        }

        return all;
    }

    private static async Task<List<JournalEntry>> ReadSegmentAsync(InMemoryStore store, TimeProvider clock, long segment)
    {
        var chain = new JournalChain(segment);
        var entries = new List<JournalEntry>();
        await foreach (ReadOnlyMemory<byte> encoded in new JournalReader(store, clock).ReadSegmentAsync(segment, default))
        {
            Assert.True(chain.TryContinue(encoded, out JournalEntry? entry, out string? fault), fault);
            entries.Add(entry!);
        }

        return entries;
    }

    private static void Check(SegmentRecord record, List<JournalEntry> entries)
    {
        string[] writers = [.. entries.Select(entry => entry.Event).OfType<JournalEvent.SegmentOpened>().Select(opened => opened.Instance)];
        Assert.True(writers.Length <= 1 && writers.All(writer => writer == record.Instance), $"segment {record.Segment} of {record.Instance} has {string.Join(", ", writers)}");
        int end = entries.FindIndex(entry => entry.Event is JournalEvent.SegmentClosed);
        Assert.True(end < 0 || end == entries.Count - 1, $"something follows the end of segment {record.Segment}");
        if (record.Closed is null) return;
        Assert.True(end >= 0, $"segment {record.Segment} is closed without an end");
        Assert.Equal((record.LastIndex, record.Head), (entries[^1].Position.Index, entries[^1].Hash));
    }
}
