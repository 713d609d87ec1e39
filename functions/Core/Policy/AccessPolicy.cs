using System.Collections.Immutable;
using SshFunctions.Core.Resources;

namespace SshFunctions.Core.Policy;

/// <summary>Decides who may enter: pure, refuses by default, the same for a mint, a passcode and an explanation.</summary>
public static class AccessPolicy
{
    /// <summary>Answers a question.</summary>
    /// <param name="question">Who, what, as whom, when.</param>
    /// <param name="facts">What was read for it.</param>
    /// <returns>The decision, with every rule that spoke.</returns>
    public static AccessDecision Decide(AccessQuestion question, AccessFacts facts)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(facts);
        ImmutableArray<RuleFinding>.Builder findings = ImmutableArray.CreateBuilder<RuleFinding>();
        findings.Add(SubjectRule(question, facts));
        findings.AddRange(SwitchRules(facts));
        findings.Add(LoginRule(question, facts));
        findings.Add(ProtectionRule(facts));
        Grant? best = null;
        foreach (Grant grant in facts.Grants)
        {
            RuleFinding finding = GrantRule(question, grant);
            findings.Add(finding);
            if (finding.Allows && (best is null || IsBetter(grant, best, question.Now, facts))) best = grant;
        }

        ImmutableArray<RuleFinding> all = findings.ToImmutable();
        // Who holds nothing here is not told which logins and switches there are.
        if (facts.Grants.IsEmpty && facts.SubjectRevoked is null)
        {
            RuleFinding none = NoGrant(question);
            return new AccessDecision.Refused(none, [none]);
        }

        RuleFinding? refusal = all.FirstOrDefault(finding => !finding.Allows && finding.Rule != GrantRuleName);
        if (refusal is not null) return new AccessDecision.Refused(refusal, all);
        return best is null
            ? new AccessDecision.Refused(all.FirstOrDefault(finding => !finding.Allows) ?? NoGrant(question), all)
            : new AccessDecision.Allowed(best, LimitsOf(best, facts), all);
    }

    private const string GrantRuleName = "grant";

    private static RuleFinding SubjectRule(AccessQuestion question, AccessFacts facts) => facts.SubjectRevoked is { } reason
        ? new("subject-revoked", false, $"{question.Caller.Subject} is revoked: {reason}", "someone who may revoke lifts the revocation")
        : new("subject-revoked", true, $"{question.Caller.Subject} is not revoked");

    private static IEnumerable<RuleFinding> SwitchRules(AccessFacts facts)
    {
        yield return SwitchRule("project", facts.Project.Path, facts.Project.SshSwitch);
        yield return SwitchRule("environment", facts.Environment.Path, facts.Environment.SshSwitch);
        yield return SwitchRule("resource", facts.Resource.Path, facts.Resource.SshSwitch);
    }

    private static RuleFinding SwitchRule(string level, ResourcePath path, SshSwitch state) => state == SshSwitch.Enabled
        ? new("ssh-switch", true, $"SSH is enabled on {level} {path}")
        : new("ssh-switch", false, $"SSH is disabled on {level} {path}", $"someone who may switch SSH on {level} {path} enables it");

    private static RuleFinding LoginRule(AccessQuestion question, AccessFacts facts) => facts.Resource.Logins.Contains(question.Login)
        ? new("login", true, $"{question.Login} is a login of {question.Resource}")
        : new(
            "login",
            false,
            $"{question.Login} is not a login of {question.Resource}",
            $"use one of its logins: {string.Join(", ", facts.Resource.Logins)}");

    private static RuleFinding ProtectionRule(AccessFacts facts) => facts.Environment.Protected
        ? new(
            "protected",
            false,
            $"environment {facts.Environment.Path} is protected: standing grants give nothing there",
            $"someone who may edit {facts.Environment.Path} takes its protection away")
        : new("protected", true, $"environment {facts.Environment.Path} is not protected");

    private static RuleFinding GrantRule(AccessQuestion question, Grant grant)
    {
        string name = $"grant {grant.Id} ({grant.Role} on {grant.Path} for {grant.Holder})";
        if (grant.Role < Role.Developer)
            return new(GrantRuleName, false, $"{name} does not allow to connect", "ask a manager for a grant with role developer");
        if (grant.NotBefore is { } start && question.Now < start)
            return new(GrantRuleName, false, $"{name} starts at {start.UtcDateTime:u}", "wait, or ask a manager to change it");
        if (grant.NotAfter is { } end && question.Now >= end)
            return new(GrantRuleName, false, $"{name} ended at {end.UtcDateTime:u}", "ask a manager to renew it");
        if (!grant.Allows(question.Login))
        {
            return new(
                GrantRuleName,
                false,
                $"{name} does not allow login {question.Login}",
                $"use one of its logins: {string.Join(", ", grant.Logins ?? [])}");
        }

        return new(GrantRuleName, true, $"{name} allows it");
    }

    private static RuleFinding NoGrant(AccessQuestion question) => new(
        GrantRuleName,
        false,
        $"no grant gives {question.Caller.Subject} access to {question.Resource}",
        $"ask a manager of {question.Resource} for a grant with role developer");

    /// <summary>
    /// Longer life first, as far as it can be had now, then from anywhere, then the later end, then more permissions, then the
    /// identifier, so that the choice never depends on reading order.
    /// </summary>
    private static bool IsBetter(Grant one, Grant other, DateTimeOffset now, AccessFacts facts)
    {
        int byLife = LifeOf(one, now, facts).CompareTo(LifeOf(other, now, facts));
        if (byLife != 0) return byLife > 0;
        if (one.SourceAddresses is null != other.SourceAddresses is null) return one.SourceAddresses is null;
        int byEnd = (one.NotAfter ?? DateTimeOffset.MaxValue).CompareTo(other.NotAfter ?? DateTimeOffset.MaxValue);
        if (byEnd != 0) return byEnd > 0;
        int byPermissions = one.Permissions.Length.CompareTo(other.Permissions.Length);
        if (byPermissions != 0) return byPermissions > 0;
        return string.CompareOrdinal(one.Id.Text, other.Id.Text) < 0;
    }

    private static TimeSpan LifeOf(Grant grant, DateTimeOffset now, AccessFacts facts)
    {
        TimeSpan left = grant.NotAfter is { } end ? end - now : TimeSpan.MaxValue;
        TimeSpan allowed = LimitsOf(grant, facts).MaximumLifetime ?? TimeSpan.MaxValue;
        return left < allowed ? left : allowed;
    }

    private static AccessLimits LimitsOf(Grant grant, AccessFacts facts)
    {
        TimeSpan? life = (grant.MaximumLifetime, facts.Resource.MaximumLifetime) switch
        {
            ({ } ofGrant, { } ofResource) => ofGrant < ofResource ? ofGrant : ofResource,
            var (ofGrant, ofResource) => ofGrant ?? ofResource,
        };
        return new AccessLimits(life, grant.NotAfter, grant.SourceAddresses, grant.Permissions);
    }
}
