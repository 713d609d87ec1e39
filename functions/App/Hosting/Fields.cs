using System.Collections.Immutable;
using SshFunctions.Core;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.App.Hosting;

/// <summary>Texts of a request as value types of the domain; a refusal names the field and the rule.</summary>
internal static class Fields
{
    public static Result<T> Parse<T>(string? text, string field, string rule)
        where T : struct, IParsable<T> =>
        T.TryParse(text, null, out T value) ? value : new Refusal.Invalid(field, $"{Quote(text)} is not allowed here", rule);

    /// <summary>Every text of a list, none of them twice.</summary>
    /// <param name="texts">The list.</param>
    /// <param name="field">Its member.</param>
    /// <param name="rule">What a text must be.</param>
    /// <param name="most">Most of them; asked before any is looked at. The default is beyond every bound of the domain.</param>
    public static Result<ImmutableArray<T>> ParseAll<T>(IReadOnlyList<string> texts, string field, string rule, int most = 1000)
        where T : struct, IParsable<T>
    {
        if (texts.Count > most) return new Refusal.Invalid(field, $"there are more than {most} {field}", "name fewer");
        var seen = new HashSet<T>(texts.Count);
        ImmutableArray<T>.Builder values = ImmutableArray.CreateBuilder<T>(texts.Count);
        for (int i = 0; i < texts.Count; i++)
        {
            if (!Parse<T>(texts[i], $"{field}[{i}]", rule).Try(out T value, out Refusal? refusal)) return refusal;
            if (!seen.Add(value)) return new Refusal.Invalid($"{field}[{i}]", $"{Quote(texts[i])} is given twice", "give it once");
            values.Add(value);
        }

        return values.ToImmutable();
    }

    /// <summary>One of a closed set of words.</summary>
    public static Result<T> Choose<T>(string text, string field, IReadOnlyDictionary<string, T> words)
        where T : struct =>
        words.TryGetValue(text, out T value)
            ? value
            : new Refusal.Invalid(field, $"{Quote(text)} is not one of them", $"use one of: {string.Join(", ", words.Keys)}");

    /// <summary>Whole seconds within bounds; null stays null.</summary>
    public static Refusal? FaultOfSeconds(int? seconds, string field, TimeSpan least, TimeSpan most) =>
        seconds is null || (seconds >= least.TotalSeconds && seconds <= most.TotalSeconds)
            ? null
            : new Refusal.Invalid(
                field, $"{seconds} s is out of bounds", $"give {least.TotalSeconds} to {most.TotalSeconds} seconds");

    /// <summary>A text as it may stand in an answer: short, on one line, and not when it is a private key.</summary>
    private static string Quote(string? text)
    {
        if (text is null) return "nothing";
        if (PrivateKeyText.LooksPrivate(text)) return "a private key";
        string visible = new([.. text.Take(60).Select(unit => char.IsControl(unit) ? '\u00B7' : unit)]);
        return text.Length > 60 ? $"\"{visible}…\"" : $"\"{visible}\"";
    }
}
