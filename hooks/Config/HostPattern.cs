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

    internal static string Parse(string text) => IsSafe(text)
        ? text.ToLowerInvariant()
        : throw new CommandFailedException(ExitCode.Usage, $"{text} is not a host pattern", "write a name such as *.corp.example, without user, port or comma");
}
