namespace SshFunctions.Hooks.Host.Enroll;

/// <summary>What <c>sshd -T</c> says is in force; keywords in lower case.</summary>
internal sealed class EffectiveConfig
{
    /// <summary>What sshd says for a file or a command that is not set.</summary>
    internal const string None = "none";

    private readonly ILookup<string, string> _values;

    private EffectiveConfig(ILookup<string, string> values) => _values = values;

    internal static EffectiveConfig Parse(string text) => new(text
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.Split(' ', 2))
        .Where(words => words.Length == 2)
        .ToLookup(words => words[0], words => words[1].Trim(), StringComparer.OrdinalIgnoreCase));

    /// <summary>Every value of a keyword, in order.</summary>
    internal IEnumerable<string> All(string keyword) => _values[keyword];

    /// <summary>The value; null when it has none.</summary>
    internal string? Find(string keyword) => _values[keyword].FirstOrDefault() is { } value && value != None ? value : null;

    internal bool Is(string keyword, string value) => _values[keyword].FirstOrDefault() == value;
}
