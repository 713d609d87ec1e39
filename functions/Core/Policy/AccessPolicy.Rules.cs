using SshFunctions.Core.Callers;
using SshFunctions.Core.Resources;

namespace SshFunctions.Core.Policy;

public static partial class AccessPolicy
{
    private const string GrantRuleName = "grant";
    private const string ProtectedRuleName = "protected";

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

    private static RuleFinding LoginRuleOf(AccessQuestion question, AccessFacts facts) =>
        facts.Resource.Logins.Any(rule => rule.LoginOf(question.Caller) == question.Login)
            ? new("login", true, $"{question.Login} is a login of {question.Resource}")
            : new(
                "login",
                false,
                $"{question.Login} is not a login of {question.Resource}",
                $"use one of its logins: {Names(facts.Resource.Logins, question.Caller)}");

    private static RuleFinding ProtectionRule(AccessFacts facts) => facts.Environment.Protected
        ? new(ProtectedRuleName, true, $"environment {facts.Environment.Path} is protected: only an access request gives access there")
        : new(ProtectedRuleName, true, $"environment {facts.Environment.Path} is not protected");

    /// <summary>Why a grant gives nothing in a protected environment; null when it comes from a request for that environment or a part of it, or nothing is protected.</summary>
    private static RuleFinding? ProtectionRule(AccessQuestion question, AccessFacts facts, Grant grant)
    {
        if (!facts.Environment.Protected) return null;
        if (grant.Request is null)
        {
            return new(
                ProtectedRuleName,
                false,
                $"{NameOf(grant)} is a standing grant, and environment {facts.Environment.Path} is protected",
                $"ask for access for a while: sshfn request open {question.Resource} --reason TEXT");
        }

        // What was asked for further up was decided by the rule further up, which may be a laxer one.
        return facts.Environment.Path.Covers(grant.Path)
            ? null
            : new(
                ProtectedRuleName,
                false,
                $"{NameOf(grant)} was asked for above environment {facts.Environment.Path}, which is protected",
                $"ask for the environment or the resource itself: sshfn request open {question.Resource} --reason TEXT");
    }

    /// <summary>Speaks on git hosts only: who has no account there can't be named to them.</summary>
    private static IEnumerable<RuleFinding> AccountRules(AccessQuestion question, AccessFacts facts)
    {
        if (!facts.Resource.Profile.IsGitHost()) yield break;
        yield return facts.Resource.Account.AccountOf(question.Caller) is { } account
            ? new("account", true, $"{question.Caller.Subject} is {account} on {question.Resource}")
            : new(
                "account",
                false,
                $"{question.Caller.Subject} has no user name, and the account on {question.Resource} is {facts.Resource.Account}",
                "an admin gives the identity a user name, or the resource another account");
    }

    private static RuleFinding GrantRule(AccessQuestion question, Grant grant, Resource resource)
    {
        string name = NameOf(grant);
        if (grant.Role < Role.Developer)
            return new(GrantRuleName, false, $"{name} does not allow to connect", "ask a manager for a grant with role developer");
        if (grant.NotBefore is { } start && question.Now < start)
            return new(GrantRuleName, false, $"{name} starts at {start.UtcDateTime:u}", "wait, or ask a manager to change it");
        if (grant.NotAfter is { } end && question.Now >= end)
            return new(GrantRuleName, false, $"{name} ended at {end.UtcDateTime:u}", "ask a manager to renew it");
        if (!grant.Allows(question.Login, question.Caller))
        {
            return new(
                GrantRuleName,
                false,
                $"{name} does not allow login {question.Login}",
                $"use one of its logins: {Names(grant.Logins ?? [], question.Caller)}");
        }

        // Only a host that asks sshfn keeps a session in a folder; internal-sftp alone would show the whole disk.
        if (grant.SftpFolder is { } folder && resource.Profile != CertificateProfileName.Sshd)
        {
            return new(
                GrantRuleName,
                false,
                $"{name} allows file transfer in {folder} alone, which {resource.Path} can't enforce",
                "a manager gives a grant without a folder, or enrolls the host and gives the resource profile sshd");
        }

        return new(GrantRuleName, true, $"{name} allows it");
    }

    private static RuleFinding NoGrant(AccessQuestion question) => new(
        GrantRuleName,
        false,
        $"no grant gives {question.Caller.Subject} access to {question.Resource}",
        $"ask a manager of {question.Resource} for a grant with role developer, or for access for a while: sshfn request open {question.Resource} --reason TEXT");

    private static string NameOf(Grant grant) => $"grant {grant.Id} ({grant.Role} on {grant.Path} for {grant.Holder})";

    private static string Names(IEnumerable<LoginRule> rules, Caller caller) =>
        string.Join(", ", rules.Select(rule => rule.LoginOf(caller)?.Text ?? $"{rule} (but {caller.Subject} has no user name)"));
}
