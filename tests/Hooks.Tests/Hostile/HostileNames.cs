namespace SshFunctions.Hooks.Tests.Hostile;

/// <summary>Names that are meant to be more than names; a canary file appears where one of them ran as a command.</summary>
internal static class HostileNames
{
    private static readonly string[] Pieces =
    [
        "web", "example.com", "deploy", "a", "-", "--", ".", "..", "/", "\\", "'", "\"", "`", "$(touch CANARY)", "`touch CANARY`", "$HOME", "${IFS}", ";touch CANARY;", "|", "&", ">CANARY", "<", "(", ")", "{", "}",
        "*", "?", "!", "[", "]", "#", "%h", "%%", "%d", "~", " ", "\t", "\n", "\r", "\u0001", "\u007f", "\u001b[2J", "@", ":", ",", "=", "+", "\u0430", "\u212a", "\u0130", "\u0131", "\u2024", "\u202e", "\uff0f", "\u00a0",
        "\ufeff", "fe80::1%eth0", "[::1]", "::1", "22", "-oProxyCommand=touch CANARY", "ProxyCommand touch CANARY", "\nProxyCommand touch CANARY\n", "Host *", "../../../../tmp/x", "/etc/passwd", "credentials.json", "\ud83d\ude00",
    ];

    /// <summary>Those that are known to have hurt somebody.</summary>
    internal static IReadOnlyList<string> Known(string canary) =>
    [
        .. new[]
        {
            "", " ", "-", "--", "-oProxyCommand=touch CANARY", "-F/dev/null", "--config", "--renew", ".", "..", "../x", "../../config/credentials.json", "/", "/etc/passwd", "a/b", "a\\b", "a//b", "$(touch CANARY)", "`touch CANARY`",
            "a;touch CANARY", "a|touch CANARY", "a&touch CANARY", "a&&touch CANARY", "a\ntouch CANARY", "a\nProxyCommand touch CANARY", "a\r\nHost *\n ProxyCommand touch CANARY", "'", "''", "\"", "a'b", "a\"b", "a\" exec \"touch CANARY",
            "%h", "%n%h%p%r", "%%", "%d/.ssh", "${HOME}", "$SHELL", "~", "~root", "*", "?", "!web", "*.example.com", "[a]", "{a,b}", "a,b", "a b", "a\tb", "#a", "a#b", "a@b", "@", "a:b", ":", "::1", "fe80::1%eth0", "fe80::1%25eth0", "[::1]", "[::1]:22",
            "\u212a8s.example.com", "we\u0432.example.com", "\u0130stanbul.example", "example\u3002com", "web\u2024example.com", "\u202eexample.com", "web\u200b.example.com", "\ufeffweb", "web\u0000", "\u0001", "\u001b[2Jweb", "\u007f", "xn--80ak6aa92e.com",
            new string('a', 254), new string('a', 300), new string('a', 5000), string.Concat(Enumerable.Repeat("a.", 126)) + "aa", "con", "nul", "web.", ".web", "web..example", "-web", "0", "00", "0x7f.1", "2130706433",
        }.Select(name => name.Replace("CANARY", canary, StringComparison.Ordinal)),
    ];

    /// <summary>A name that nobody has thought of.</summary>
    internal static string Draw(Random random, string canary)
    {
        string name = string.Concat(Enumerable.Range(0, random.Next(1, 6)).Select(_ => Pieces[random.Next(Pieces.Length)]));
        if (random.Next(20) == 0)
            name = string.Concat(Enumerable.Repeat(name, 60));
        return name.Replace("CANARY", canary, StringComparison.Ordinal);
    }

    /// <summary>As an argument of a process can carry it.</summary>
    internal static string Argument(string name) => name.Replace("\0", "", StringComparison.Ordinal);
}
