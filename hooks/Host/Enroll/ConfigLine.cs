namespace SshFunctions.Hooks.Host.Enroll;

/// <summary>A line of sshd's configuration that says something.</summary>
/// <param name="File">Where it stands.</param>
/// <param name="Number">From 1.</param>
/// <param name="Keyword">As it is written.</param>
/// <param name="Arguments">The rest of the line.</param>
/// <param name="Match">The Match line that it holds under; null when it holds always.</param>
internal sealed record ConfigLine(string File, int Number, string Keyword, string Arguments, string? Match)
{
    internal string Place => $"{File} line {Number}";

    internal bool Is(string keyword) => Keyword.Equals(keyword, StringComparison.OrdinalIgnoreCase);
}
