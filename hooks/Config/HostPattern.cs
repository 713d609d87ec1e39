using System.Buffers;

namespace SshFunctions.Hooks.Config;

/// <summary>A host name, an address, or a pattern with <c>*</c> and <c>?</c> as ssh_config and known_hosts take it.</summary>
internal static class HostPattern
{
    private const int LongestPattern = 253;
    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_:*?");

    /// <summary>Whether it can stand between commas and quotes without meaning anything else there.</summary>
    internal static bool IsSafe(string text) =>
        text.Length is > 0 and <= LongestPattern && text[0] != '-' && !text.AsSpan().ContainsAnyExcept(Allowed);

    /// <summary>Whether it is one host and no pattern: a broker that sent * would get its host CA trusted for every host.</summary>
    internal static bool IsOneHost(string text) => IsSafe(text) && !text.AsSpan().ContainsAny('*', '?');

    /// <summary>Whether it is <c>*.example.com</c>: every name below two labels or more, and nothing wider.</summary>
    internal static bool IsBelowDomain(string text) =>
        text.StartsWith("*.", StringComparison.Ordinal) && IsOneHost(text[2..]) && text[2..].Split('.') is { Length: >= 2 } labels && labels.All(label => label.Length > 0);

    /// <summary>Whether a pattern takes a host. Source: ssh_config(5), PATTERNS.</summary>
    internal static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> host)
    {
        if (pattern.IsEmpty)
            return host.IsEmpty;
        if (pattern[0] == '*')
            return Matches(pattern[1..], host) || (!host.IsEmpty && Matches(pattern, host[1..]));
        return !host.IsEmpty && (pattern[0] == '?' || pattern[0] == host[0]) && Matches(pattern[1..], host[1..]);
    }

    internal static string Parse(string text) => IsSafe(text)
        ? text.ToLowerInvariant()
        : throw new CommandFailedException(ExitCode.Usage, $"{text} is not a host pattern", "write a name such as *.corp.example, without user, port or comma");
}
