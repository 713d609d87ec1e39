using System.Buffers;
using System.Collections.Immutable;
using System.Text;

namespace SshFunctions.Core.Resources;

/// <summary>Words, each of which must be somewhere in a resource's path, a host name or its description; case does not matter.</summary>
public sealed class SearchWords
{
    // What a stored document shows as it is: the rest of ASCII, and all beyond it, may be written as \uXXXX.
    private static readonly SearchValues<char> Unescaped =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_./@:=,;!*()[]{}|~^$%#?");

    /// <summary>Most characters of a text that people search by.</summary>
    public const int MaximumLength = 100;

    private readonly ImmutableArray<Word> _words;

    private SearchWords(ImmutableArray<Word> words) => _words = words;

    /// <summary>No word: everything fits.</summary>
    public static SearchWords None { get; } = new([]);

    /// <summary>Takes a text that somebody searches by.</summary>
    /// <param name="text">The text; empty for no word.</param>
    /// <param name="field">Where it was given.</param>
    /// <returns>The words, or <see cref="Refusal.Invalid"/>, which does not repeat the text: longer than <see cref="MaximumLength"/>, a private key, or characters that are not seen.</returns>
    public static Result<SearchWords> Read(string text, string field) =>
        FreeText.FaultOf(text, field, MaximumLength, required: false) is { } fault ? fault : Of(text);

    /// <summary>Splits a text at its white space.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>The words.</returns>
    public static SearchWords Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new SearchWords([.. text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal).Select(Word.Of)]);
    }

    /// <summary>Whether a resource holds every word.</summary>
    /// <param name="resource">The resource.</param>
    /// <returns>Whether it does.</returns>
    public bool Fit(Resource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        foreach (Word word in _words) if (!IsIn(resource, word.Text)) return false;
        return true;
    }

    /// <summary>Whether a stored resource can hold every word. Costs a tenth of decoding it, and never says no to one that fits.</summary>
    internal bool MayFit(ReadOnlySpan<byte> body)
    {
        foreach (Word word in _words) if (!word.MayBeIn(body)) return false;
        return true;
    }

    private static bool IsIn(Resource resource, string word)
    {
        if (resource.Path.Text.Contains(word, StringComparison.OrdinalIgnoreCase) || resource.Description.Contains(word, StringComparison.OrdinalIgnoreCase)) return true;
        foreach (ResourceHost host in resource.Hosts) if (host.Name.Contains(word, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }

    /// <param name="Text">As it was typed.</param>
    /// <param name="Bytes">In UTF-8; empty when a document may hold it in another spelling.</param>
    /// <param name="First">The first byte, as both cases of it.</param>
    private readonly record struct Word(string Text, byte[] Bytes, (byte Lower, byte Upper) First)
    {
        public static Word Of(string text)
        {
            if (text.AsSpan().ContainsAnyExcept(Unescaped)) return new Word(text, [], default);
            byte[] bytes = Encoding.ASCII.GetBytes(text);
            return new Word(text, bytes, ((byte)char.ToLowerInvariant(text[0]), (byte)char.ToUpperInvariant(text[0])));
        }

        public bool MayBeIn(ReadOnlySpan<byte> body)
        {
            if (Bytes.Length == 0) return true;
            while (body.IndexOfAny(First.Lower, First.Upper) is int at and >= 0 && at + Bytes.Length <= body.Length)
            {
                if (Ascii.EqualsIgnoreCase(body.Slice(at, Bytes.Length), Bytes)) return true;
                body = body[(at + 1)..];
            }

            return false;
        }
    }
}
