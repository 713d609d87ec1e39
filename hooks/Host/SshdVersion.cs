using System.Text.RegularExpressions;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Host;

/// <summary>The version of a sshd, as it says itself: <c>9.2</c>.</summary>
internal static partial class SshdVersion
{
    internal const string Unknown = "unknown";

    /// <summary>Asks it. Before 9.2 sshd knows no <c>-V</c>, and names its version while it complains.</summary>
    internal static string Of(string sshd) =>
        Programs.Run(sshd, "-V") is { } run && Name().Match(run.Errors + run.Output) is { Success: true } match ? match.Groups[1].Value : Unknown;

    [GeneratedRegex(@"OpenSSH_([0-9]+\.[0-9]+)")]
    private static partial Regex Name();
}
