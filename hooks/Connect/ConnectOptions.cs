using SshFunctions.Hooks.Alias;

namespace SshFunctions.Hooks.Connect;

/// <summary>A command line of <c>sshfn ssh</c>, <c>sftp</c> or <c>scp</c>: what is sshfn's own, what is the program's, and what follows.</summary>
/// <remarks>
/// Texts are bytes as Latin-1: a path need not be text. Own options stand in front: <c>-p -e -i -l</c> or their long names. After the
/// first operand, or after <c>--</c>, everything is the program's; ssh's own -p, -e and -i are given there.
/// </remarks>
internal sealed class ConnectOptions
{
    private static readonly string[] LongNames = ["--project", "--environment", "--instance", "--login"];
    private readonly string?[] _own = new string?[LongNames.Length];

    internal string? Project => _own[0];

    internal string? Environment => _own[1];

    internal string? Login => _own[3];

    internal int? Instance => _own[2] is not { } text ? null
        : int.TryParse(text, System.Globalization.NumberStyles.None, null, out int number) ? number
        : throw new CommandFailedException(ExitCode.Usage, $"-i {text} is not the number of an instance", "it has a number; an -i of the program's own stands after the resource");

    /// <summary>Options of the program that stood in front.</summary>
    internal List<string> Passed { get; } = [];

    /// <summary>From the first operand on.</summary>
    internal string[] Rest { get; private set; } = [];

    /// <param name="program">For what help to name.</param>
    /// <param name="words">What stands after the name of the command.</param>
    /// <param name="withValue">The program's options that take a value.</param>
    internal static ConnectOptions Parse(string program, IReadOnlyList<string> words, string withValue)
    {
        ConnectOptions options = new();
        int at = 0;
        while (at < words.Count && words[at].Length > 1 && words[at][0] == '-')
        {
            string word = words[at++];
            if (word == "--")
                break;
            if (options.TryTakeOwn(program, words, word, ref at))
                continue;
            if (word.StartsWith("--", StringComparison.Ordinal))
                throw new CommandFailedException(ExitCode.Usage, $"{word} is no option of this command", $"sshfn {program} --help");
            options.Passed.Add(word);
            if (TakesNextWord(word, withValue) && at < words.Count)
                options.Passed.Add(words[at++]);
        }

        options.Rest = [.. words.Skip(at)];
        return options;
    }

    internal ResourceChoice Choose(string name) => new(name, Project, Environment);

    /// <summary>Whether the value of an option stands in the next word: <c>-o X</c>, but not <c>-oX</c>.</summary>
    internal static bool TakesNextWord(string word, string withValue)
    {
        for (int letter = 1; letter < word.Length; letter++)
        {
            if (withValue.Contains(word[letter], StringComparison.Ordinal))
                return letter == word.Length - 1;
        }

        return false;
    }

    private bool TryTakeOwn(string program, IReadOnlyList<string> words, string word, ref int at)
    {
        for (int own = 0; own < LongNames.Length; own++)
        {
            string name = LongNames[own];
            bool isShort = word.StartsWith(name[1..3], StringComparison.Ordinal);
            if (!isShort && word != name && !word.StartsWith(name + "=", StringComparison.Ordinal))
                continue;
            string attached = isShort ? word[2..] : word[name.Length..].TrimStart('=');
            _own[own] = attached.Length > 0 ? attached
                : at < words.Count ? words[at++]
                : throw new CommandFailedException(ExitCode.Usage, $"{word} needs a value", $"sshfn {program} --help");
            return true;
        }

        return false;
    }
}
