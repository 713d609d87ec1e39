using System.Text.RegularExpressions;

namespace SshFunctions.Hooks.Host.Enroll;

/// <summary>
/// Keeps the file <c>~/.pam_environment</c> of an account out of PAM: pam_exec hands PAM's variables to our helpers, which run as root, so
/// that a <c>LD_PRELOAD</c> in it would be root's. Pure.
/// </summary>
/// <remarks>Source: pam_env(8), <c>user_readenv</c>, which Debian's service of sshd switches on; pam_exec(8).</remarks>
internal static partial class PamEnvironment
{
    private const string OptionName = "user_readenv";
    private const string Off = "0";
    private const string Include = "@include";

    /// <summary>The service with every <c>user_readenv</c> off; lines without it are kept to the byte.</summary>
    /// <param name="service">The text of a PAM service.</param>
    internal static string Closed(string service) => string.Concat(PamStack.LogicalLines(service).Select(line => IsComment(line) ? line : Option().Replace(line, $"{OptionName}={Off}")));

    /// <summary>Refuses a service that reads it all the same, itself or by a file that it includes.</summary>
    /// <param name="service">Its text.</param>
    /// <param name="include">The text of an included file by name; null when there is none.</param>
    internal static void RequireClosed(string service, Func<string, string?> include)
    {
        HashSet<string> seen = [];
        Queue<(string? Name, string Text)> waiting = new([(null, service)]);
        while (waiting.TryDequeue(out (string? Name, string Text) file))
        {
            int number = 1;
            foreach (string line in PamStack.LogicalLines(file.Text))
            {
                if (!IsComment(line))
                {
                    if (IsOpen(line))
                        throw Refused(file.Name, number);
                    if (IncludedBy(line) is { } name && seen.Add(name) && include(name) is { } text)
                        waiting.Enqueue((name, text));
                }

                number += line.Count(character => character == '\n');
            }
        }
    }

    private static bool IsComment(string line) => line.TrimStart().StartsWith('#');

    // Whether a continued line joins its two words is not for us to guess.
    private static bool IsOpen(string line) =>
        new[] { Unfolded(line, ""), Unfolded(line, " ") }.Any(text => Option().Matches(text).Any(match => match.Groups[1].Value != Off));

    private static string? IncludedBy(string line) => Unfolded(line, " ").Split([' ', '\t', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries) switch
    {
        [Include, var name, ..] => name,
        [_, var control, var name, ..] when control.Equals("include", StringComparison.OrdinalIgnoreCase) || control.Equals("substack", StringComparison.OrdinalIgnoreCase) => name,
        _ => null,
    };

    private static string Unfolded(string line, string joint) => line.Replace("\\\n", joint, StringComparison.Ordinal);

    private static CommandFailedException Refused(string? name, int line) => new(
        ExitCode.Failed,
        $"line {line} of {(name is null ? "the PAM service" : $"{name}, which the PAM service includes,")} lets accounts set variables of PAM ({OptionName}), and so of programs that run as root",
        $"write {OptionName}={Off} there");

    [GeneratedRegex(OptionName + @"=([^\s\]]*)")]
    private static partial Regex Option();
}
