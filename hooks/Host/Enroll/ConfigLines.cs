using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Host.Enroll;

/// <summary>Reads sshd's configuration line by line, to say where a thing stands; what holds, <c>sshd -T</c> says.</summary>
internal static class ConfigLines
{
    // As deep as sshd goes. Source: SERVCONF_MAX_DEPTH of OpenSSH's servconf.c.
    private const int MostDepth = 16;
    private const string SystemFolderOfSsh = "/etc/ssh/";
    private static readonly char[] Separators = [' ', '\t', '='];

    /// <summary>The lines of a file and of all that it includes, in sshd's order.</summary>
    /// <param name="path">The file.</param>
    /// <param name="without">A file that counts as absent.</param>
    internal static IEnumerable<ConfigLine> Read(string path, string without) => Read(path, without, null, 0);

    /// <summary>The lines of one text.</summary>
    internal static IEnumerable<ConfigLine> Parse(string file, string text, string? match = null)
    {
        int number = 0;
        foreach (string line in text.Split('\n'))
        {
            number++;
            string trimmed = line.Trim();
            if (trimmed.Length == 0 || trimmed[0] == '#')
                continue;
            string[] words = trimmed.Split(Separators, 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            // "=" alone is no word at all; sshd says of such a line what is wrong with it.
            if (words.Length == 0)
                continue;
            string arguments = words.Length > 1 ? words[1] : "";
            ConfigLine read = new(file, number, words[0], arguments, match);
            if (read.Is("Match"))
                match = arguments.Equals("all", StringComparison.OrdinalIgnoreCase) ? null : $"Match {arguments}";
            else
                yield return read;
        }
    }

    /// <summary>The patterns of an Include line as sshd takes them: absolute, or below its own folder.</summary>
    internal static IEnumerable<string> Patterns(ConfigLine include) =>
        Words(include).Select(word => word.StartsWith('/') ? word : SystemFolderOfSsh + word);

    /// <summary>The words of an Include line as they are written.</summary>
    internal static IEnumerable<string> Words(ConfigLine include) =>
        include.Arguments.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries).TakeWhile(word => word[0] != '#').Select(word => word.Trim('"'));

    private static IEnumerable<ConfigLine> Read(string path, string without, string? match, int depth)
    {
        if (depth > MostDepth || path == without || Files.ReadBytesAsText(path) is not { } text)
            yield break;
        foreach (ConfigLine line in Parse(path, text, match))
        {
            yield return line;
            if (!line.Is("Include"))
                continue;
            foreach (string file in Patterns(line).SelectMany(SystemFolder.Matching))
            {
                foreach (ConfigLine inner in Read(file, without, line.Match, depth + 1))
                    yield return inner;
            }
        }
    }
}
