using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace SshFunctions.Core.Resources;

/// <summary>A command line for a login shell.</summary>
/// <remarks>1 to <see cref="MaximumLength"/> printable ASCII characters: sshd's log, an option's value and a shell take it in one line.</remarks>
[JsonConverter(typeof(TextConverter<ForcedCommand>))]
public readonly record struct ForcedCommand : IParsable<ForcedCommand>
{
    /// <summary>Most characters.</summary>
    public const int MaximumLength = 500;

    /// <summary>The bounds, for people.</summary>
    public const string Rule = "a command is 1 to 500 printable ASCII characters on one line";

    private readonly string? _text;

    private ForcedCommand(string text) => _text = text;

    /// <summary>The text; equality is ordinal.</summary>
    public string Text => _text ?? throw new InvalidOperationException("a default ForcedCommand runs nothing");

    /// <summary>Parses a command.</summary>
    /// <param name="s">The text.</param>
    /// <param name="provider">Not used.</param>
    /// <returns>The command.</returns>
    /// <exception cref="FormatException">A bound of the type is broken.</exception>
    public static ForcedCommand Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out ForcedCommand command) ? command : throw new FormatException(Rule);

    /// <summary>Parses a command.</summary>
    /// <param name="s">The text.</param>
    /// <param name="provider">Not used.</param>
    /// <param name="result">The command.</param>
    /// <returns>Whether the bounds of the type hold.</returns>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out ForcedCommand result)
    {
        bool fits = s is { Length: > 0 and <= MaximumLength } && !string.IsNullOrWhiteSpace(s) && !s.AsSpan().ContainsAnyExceptInRange(' ', '~');
        result = fits ? new ForcedCommand(s!) : default;
        return fits;
    }

    /// <summary>The text.</summary>
    /// <returns>The text; empty for the default value.</returns>
    public override string ToString() => _text ?? "";
}
