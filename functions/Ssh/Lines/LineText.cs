namespace SshFunctions.Ssh.Lines;

/// <summary>What every part of a line that sshd reads must keep to.</summary>
internal static class LineText
{
    /// <summary>Text that stays on its line.</summary>
    public static string Require(string text, string part)
    {
        ArgumentNullException.ThrowIfNull(text, part);
        foreach (char character in text)
        {
            if (char.IsControl(character) || character is '\u2028' or '\u2029')
                throw new ArgumentException($"The {part} must not contain a line break or another control character.", part);
        }

        return text;
    }

    /// <summary>One word out of a list that is separated by commas: no comma, quote, backslash, white space or '#'.</summary>
    public static string RequireWord(string text, string part)
    {
        Require(text, part);
        if (text.Length == 0)
            throw new ArgumentException($"The {part} must not be empty.", part);
        foreach (char character in text)
        {
            // '#' ends a line of authorized_principals wherever it stands: auth2-pubkeyfile.c, auth_process_principals.
            if (char.IsWhiteSpace(character) || character is ',' or '"' or '\\' or '#')
                throw new ArgumentException($"The {part} must not contain a comma, a quote, a backslash, '#' or white space.", part);
        }

        return text;
    }

    /// <summary>The words of a list, at least one.</summary>
    public static string RequireWords(IEnumerable<string> words, string part)
    {
        ArgumentNullException.ThrowIfNull(words, part);
        string joined = string.Join(',', words.Select(word => RequireWord(word, part)));
        return joined.Length > 0 ? joined : throw new ArgumentException($"The {part} needs at least one entry.", part);
    }

    public static int RequirePort(int port, string part) =>
        port is > 0 and <= 65535 ? port : throw new ArgumentException($"The {part} must be from 1 to 65535.", part);
}
