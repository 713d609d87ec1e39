using System.Buffers;
using System.Text;

namespace SshFunctions.Core.Journal;

/// <summary>Tells of most stored entries that a filter does not want them, without decoding them: they lack a text that it asks for.</summary>
/// <remarks>Measured: reading an entry costs 1.5 µs, decoding it 6, looking for a text 0.1. What is let through may still not fit.</remarks>
internal sealed class JournalSieve
{
    // What no encoder of JSON writes in another way, so that the stored bytes hold the text itself.
    private static readonly SearchValues<char> Plain =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._@-:/");

    private readonly byte[][] _texts;

    public JournalSieve(JournalFilter filter)
        : this(filter.Subject?.Text, filter.Kind, filter.Kinds is [var only] ? only : null, filter.About is { Depth: > 0 } path ? path.Text : null)
    {
        // A place above another is the beginning of its text; the root is above all and has no text in them.
    }

    /// <param name="texts">Values that an entry must hold to be wanted; null asks for nothing.</param>
    public JournalSieve(params string?[] texts) =>
        _texts = [.. texts.OfType<string>().Where(text => !text.AsSpan().ContainsAnyExcept(Plain)).Select(Encoding.ASCII.GetBytes)];

    /// <summary>Whether an entry may fit.</summary>
    /// <param name="encoded">Its stored bytes.</param>
    public bool LetsThrough(ReadOnlySpan<byte> encoded)
    {
        foreach (byte[] text in _texts)
            if (encoded.IndexOf(text) < 0) return false;
        return true;
    }
}
