using System.Text;
using SshFunctions.Core.Journal;

namespace SshFunctions.Core.Tests.Journal;

public sealed class JournalChainTests
{
    [Fact(Timeout = 30_000)]
    public async Task Follows_an_untouched_segment_to_its_head()
    {
        List<ReadOnlyMemory<byte>> entries = await WriteAsync(5);
        Assert.Null(FaultOf(entries, out JournalChain chain));
        Assert.Equal(6, chain.LastIndex);
        Assert.Equal(JournalEntry.HashOf(entries[^1].Span), chain.Head);
    }

    [Fact(Timeout = 30_000)]
    public async Task Finds_a_changed_entry_at_the_one_after_it()
    {
        List<ReadOnlyMemory<byte>> entries = await WriteAsync(5);
        string text = Encoding.UTF8.GetString(entries[2].Span).Replace("alice", "alicf", StringComparison.Ordinal);
        entries[2] = Encoding.UTF8.GetBytes(text);
        Assert.Contains("entry 4", FaultOf(entries, out JournalChain chain), StringComparison.Ordinal);
        Assert.Equal(3, chain.LastIndex);
    }

    [Fact(Timeout = 30_000)]
    public async Task Finds_a_dropped_entry()
    {
        List<ReadOnlyMemory<byte>> entries = await WriteAsync(5);
        entries.RemoveAt(3);
        Assert.Contains("entry 4 of segment 1 is missing", FaultOf(entries, out _), StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task Finds_swapped_entries()
    {
        List<ReadOnlyMemory<byte>> entries = await WriteAsync(5);
        (entries[3], entries[4]) = (entries[4], entries[3]);
        Assert.NotNull(FaultOf(entries, out JournalChain chain));
        Assert.Equal(3, chain.LastIndex);
    }

    [Fact(Timeout = 30_000)]
    public async Task Finds_an_inserted_entry()
    {
        List<ReadOnlyMemory<byte>> entries = await WriteAsync(5);
        entries.Insert(3, entries[2]);
        Assert.NotNull(FaultOf(entries, out _));
    }

    [Fact(Timeout = 30_000)]
    public async Task Finds_an_entry_of_another_segment()
    {
        List<ReadOnlyMemory<byte>> entries = await WriteAsync(1);
        Assert.False(new JournalChain(2).TryContinue(entries[0], out JournalEntry? entry, out string? fault));
        Assert.Null(entry);
        Assert.Contains("stands in segment 2", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "nothing")]
    [InlineData("null", "null")]
    [InlineData("[]", "a list")]
    [InlineData("{}", "an empty object")]
    [InlineData("""{"segment":1,"index":1}""", "no event")]
    [InlineData("""{"segment":0,"index":1,"time":"2030-01-01T00:00:00Z","caller":{"kind":"system","subject":"system"},"event":{"kind":"entry.void","reason":"x"},"previous":"00"}""", "segment 0")]
    [InlineData("""{"segment":1,"index":1,"time":"2030-01-01T00:00:00Z","caller":{"kind":"system","subject":"system"},"event":{},"previous":"00"}""", "an event without a kind")]
    [InlineData("""{"segment":1,"index":1,"time":"2030-01-01T00:00:00Z","caller":{"kind":"system","subject":"system"},"event":{"kind":"entry.other"},"previous":"00"}""", "an unknown kind")]
    [InlineData("""{"segment":1,"index":1,"time":"2030-01-01T00:00:00Z","caller":{"kind":"system","subject":7},"event":{"kind":"entry.void","reason":"x"},"previous":"00"}""", "a subject that is a number")]
    [InlineData("""{"segment":1,"index":1,"time":"2030-01-01T00:00:00Z","caller":{"kind":"system","subject":"a b"},"event":{"kind":"entry.void","reason":"x"},"previous":"00"}""", "a subject with a space")]
    public void Says_of_bytes_that_are_no_entry_that_they_are_none(string text, string defect)
    {
        var chain = new JournalChain(1);
        Assert.False(chain.TryContinue(Encoding.UTF8.GetBytes(text), out JournalEntry? entry, out string? fault), defect);
        Assert.Null(entry);
        Assert.NotNull(fault);
        Assert.Equal(0, chain.LastIndex);
    }

    private static string? FaultOf(List<ReadOnlyMemory<byte>> entries, out JournalChain chain)
    {
        chain = new JournalChain(1);
        foreach (ReadOnlyMemory<byte> encoded in entries)
        {
            if (!chain.TryContinue(encoded, out _, out string? fault)) return fault;
        }

        return null;
    }

    private static async Task<List<ReadOnlyMemory<byte>>> WriteAsync(int count)
    {
        await using var broker = new Broker();
        for (int number = 0; number < count; number++)
            await broker.Journal.AppendAsync(Broker.Alice, new JournalEvent.PrivateKeyReceived($"SHA256:{number}"), default);
        var entries = new List<ReadOnlyMemory<byte>>();
        await foreach (ReadOnlyMemory<byte> encoded in broker.Reader.ReadSegmentAsync(1, default)) entries.Add(encoded);
        return entries;
    }
}
