using SshFunctions.Api;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Certificates;
using SshFunctions.Core.Policy;

namespace SshFunctions.App.Http.Contract;

/// <summary>Decisions of the policy as the API writes them.</summary>
internal static class DecisionContract
{
    public static ExplainAccessResponse Of(AccessDecision decision, Caller who, ResolvedDestination target, CertificateLimits broker)
    {
        ExplainAccessResponse Answer(Core.Policy.RuleFinding deciding) => new(
            false, target.Resource.Path.Text, target.Login.Text, who.Subject.Text, Of(deciding), [.. decision.Findings.Select(Of)], null, null, null, null, null, null);
        if (decision is AccessDecision.Refused refused) return Answer(refused.Deciding);
        var allowed = (AccessDecision.Allowed)decision;
        AccessLimits limits = allowed.Limits;
        return Answer(allowed.Deciding) with
        {
            Allowed = true,
            Grant = allowed.Grant.Id.Text,
            MaximumLifetimeSeconds = (int)(limits.MaximumLifetime is { } life && life < broker.MaximumLifetime ? life : broker.MaximumLifetime).TotalSeconds,
            Permissions = [.. limits.Permissions.Select(GrantContract.WordOf)],
            ForwardTargets = limits.ForwardTargets?.Select(address => address.ToString()).ToArray(),
            SftpFolder = limits.SftpFolder?.Text,
            SourceAddresses = limits.SourceAddresses?.Select(range => range.Text).ToArray(),
        };
    }

    private static Api.RuleFinding Of(Core.Policy.RuleFinding finding) => new(finding.Rule, finding.Allows, finding.Detail, finding.Fix);
}
