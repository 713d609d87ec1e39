using SshFunctions.Api;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Ports;
using SshFunctions.Local.Sqlite;

namespace SshFunctions.Interop.Tests.Broker;

/// <summary>Checks a journal twice: as the API tells it, and in the bytes that are stored.</summary>
internal static class JournalCheck
{
    /// <summary>Checks that the entries of each segment follow from each other, from the first, without a gap.</summary>
    /// <param name="newestFirst">Every entry, as the API lists them.</param>
    public static void Chains(IReadOnlyList<JournalEntryResponse> newestFirst)
    {
        Assert.Equal(newestFirst.Count, newestFirst.Select(entry => entry.Serial).Distinct().Count());
        foreach (IGrouping<long, JournalEntryResponse> segment in newestFirst.GroupBy(entry => entry.Segment))
        {
            string previous = JournalEntry.NoPrevious;
            int index = 0;
            foreach (JournalEntryResponse entry in segment.OrderBy(entry => entry.Index))
            {
                Assert.Equal((++index, previous), (entry.Index, entry.Previous));
                Assert.Equal(((ulong)entry.Segment << 16) | (uint)entry.Index, entry.Serial);
                previous = entry.Hash;
            }
        }
    }

    /// <summary>Reads the store of a broker that does not run, and checks the hash of every entry's bytes.</summary>
    /// <param name="data">The data directory.</param>
    /// <returns>How many entries there are.</returns>
    public static async Task<int> StoredAsync(string data)
    {
        await using SqliteStore store = SqliteStore.Open(Path.Combine(data, "store.db"));
        return await StoredAsync(store);
    }

    /// <summary>Reads a store, and checks the hash of every entry's bytes.</summary>
    /// <param name="store">The store.</param>
    /// <returns>How many entries there are.</returns>
    public static async Task<int> StoredAsync(IStore store)
    {
        var reader = new JournalReader(store, TimeProvider.System);
        long last = await reader.NewestSegmentAsync(CancellationToken.None);
        int count = 0;
        for (long segment = 1; segment <= last; segment++)
        {
            var chain = new JournalChain(segment);
            await foreach (ReadOnlyMemory<byte> encoded in reader.ReadSegmentAsync(segment, CancellationToken.None))
            {
                Assert.True(chain.TryContinue(encoded, out _, out string? fault), fault);
                count++;
            }
        }

        return count;
    }
}
