namespace SshFunctions.Hooks.Host.Enroll;

/// <summary>What somebody else set, that ours would take the place of, or that would take the place of ours.</summary>
/// <param name="Replaceable">Gone with <c>--replace</c>, one sentence each.</param>
/// <param name="Final">What only a person can mend.</param>
internal sealed record Conflicts(IReadOnlyList<string> Replaceable, IReadOnlyList<string> Final)
{
    private static readonly string[] Commands = ["TrustedUserCAKeys", "RevokedKeys", "AuthorizedPrincipalsCommand", "AuthorizedKeysCommand"];

    /// <summary>Finds them.</summary>
    /// <param name="before">What is in force without us.</param>
    /// <param name="lines">The configuration without us.</param>
    /// <param name="dropIn">What we are going to say.</param>
    internal static Conflicts Find(EffectiveConfig before, IReadOnlyList<ConfigLine> lines, DropIn dropIn)
    {
        Directive[] ours = [.. dropIn.Everywhere().Concat(dropIn.OnPasscodePort()).Where(directive => !directive.IsOneOfMany)];
        List<string> found = [];
        foreach (string keyword in Commands.Where(keyword => ours.Any(directive => directive.Keyword == keyword)))
        {
            if (before.Find(keyword) is { } value)
                found.Add($"{Place(lines, keyword)}sets {keyword} {value}, which would no longer count");
        }

        foreach ((string keyword, string value) in new[] { ("UsePAM", "no"), ("PubkeyAuthentication", "no") })
        {
            if (before.Is(keyword, value) && ours.Any(directive => directive.Keyword == keyword))
                found.Add($"{Place(lines, keyword)}{keyword} is {value}, and would be yes for everybody");
        }

        if (dropIn.Passcodes && !before.Is("AuthenticationMethods", "any"))
            found.Add($"{Place(lines, "AuthenticationMethods")}asks for AuthenticationMethods {before.Find("AuthenticationMethods")}, with which a passcode is not enough");
        found.AddRange(lines
            .Where(line => line.Match is not null && ours.Any(directive => line.Is(directive.Keyword)))
            .Select(line => $"{line.Place}: below {line.Match}, {line.Keyword} {line.Arguments} stays in force in place of ours"));
        return new(found, [.. before.All("HostCertificate").Where(value => value != EffectiveConfig.None)
            .Select(value => $"{Place(lines, "HostCertificate")}names the host certificate {value}, which sshd would show in place of ours")]);
    }

    /// <summary>Ends the command when there is one that stands in the way.</summary>
    internal void Require(bool replace)
    {
        if (Final is [var first, ..])
            throw new CommandFailedException(ExitCode.Conflict, first, "take that line out, then enroll again");
        if (!replace && Replaceable is [var other, ..])
        {
            string more = Replaceable.Count > 1 ? $" (and {Replaceable.Count - 1} more: --dry-run --replace shows the outcome)" : "";
            throw new CommandFailedException(ExitCode.Conflict, other + more, "take it out, or give --replace to put ours in front of it");
        }
    }

    private static string Place(IReadOnlyList<ConfigLine> lines, string keyword) =>
        lines.FirstOrDefault(line => line.Match is null && line.Is(keyword)) is { } line ? $"{line.Place} " : "";
}
