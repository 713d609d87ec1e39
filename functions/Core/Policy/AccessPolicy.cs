using System.Collections.Immutable;

namespace SshFunctions.Core.Policy;

/// <summary>Decides who may enter: pure, refuses by default, the same for a mint, a passcode and an explanation.</summary>
public static partial class AccessPolicy
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
        findings.Add(LoginRuleOf(question, facts));
        findings.AddRange(AccountRules(question, facts));
        findings.Add(ProtectionRule(facts));
        findings.AddRange(MeansRules(question, facts));
        (Grant Grant, RuleFinding Finding)? best = null;
        foreach (Grant grant in facts.Grants)
        {
            RuleFinding finding = ProtectionRule(question, facts, grant) ?? GrantRule(question, grant, facts.Resource);
            if (finding.Allows) finding = MeansRule(question, grant, facts.Resource) ?? finding;
            findings.Add(finding);
            if (finding.Allows && (best is null || IsBetter(grant, best.Value.Grant, question, facts))) best = (grant, finding);
        }

        ImmutableArray<RuleFinding> all = findings.ToImmutable();
        // Who holds nothing here is not told which logins and switches there are.
        if (facts.Grants.IsEmpty && facts.SubjectRevoked is null) return RefuseStranger(question);

        RuleFinding? refusal = all.FirstOrDefault(finding => !finding.Allows && finding.Rule is not (GrantRuleName or ProtectedRuleName));
        if (refusal is not null) return new AccessDecision.Refused(refusal, all);
        return best is { } chosen
            ? new AccessDecision.Allowed(chosen.Grant, chosen.Finding, LimitsOf(chosen.Grant, facts, question.Caller), all)
            : new AccessDecision.Refused(all.FirstOrDefault(finding => !finding.Allows) ?? NoGrant(question), all);
    }

    /// <summary>Refuses who holds no grant on a place or above it, in the same words whether there is anything or not.</summary>
    internal static AccessDecision.Refused RefuseStranger(AccessQuestion question)
    {
        RuleFinding none = NoGrant(question);
        return new AccessDecision.Refused(none, [none]);
    }

    /// <summary>
    /// More than a folder first, then more than a single use, then the longer life, as far as it can be had now, then from anywhere, then the later end, then more
    /// permissions, then wider forwarding, then the identifier, so that the choice never depends on reading order.
    /// </summary>
    private static bool IsBetter(Grant one, Grant other, AccessQuestion question, AccessFacts facts)
    {
        if (one.SftpFolder is null != other.SftpFolder is null) return one.SftpFolder is null;
        if (one.SingleUse != other.SingleUse) return !one.SingleUse;
        int byLife = LifeOf(one, question, facts).CompareTo(LifeOf(other, question, facts));
        if (byLife != 0) return byLife > 0;
        if (one.SourceAddresses is null != other.SourceAddresses is null) return one.SourceAddresses is null;
        int byEnd = (one.NotAfter ?? DateTimeOffset.MaxValue).CompareTo(other.NotAfter ?? DateTimeOffset.MaxValue);
        if (byEnd != 0) return byEnd > 0;
        int byPermissions = one.Permissions.Length.CompareTo(other.Permissions.Length);
        if (byPermissions != 0) return byPermissions > 0;
        int byTargets = (one.ForwardTargets?.Length ?? int.MaxValue).CompareTo(other.ForwardTargets?.Length ?? int.MaxValue);
        if (byTargets != 0) return byTargets > 0;
        return string.CompareOrdinal(one.Id.Text, other.Id.Text) < 0;
    }

    private static TimeSpan LifeOf(Grant grant, AccessQuestion question, AccessFacts facts)
    {
        TimeSpan left = grant.NotAfter is { } end ? end - question.Now : TimeSpan.MaxValue;
        TimeSpan allowed = Shorter(grant.MaximumLifetime, facts.Resource.MaximumLifetime) ?? TimeSpan.MaxValue;
        return left < allowed ? left : allowed;
    }
}
