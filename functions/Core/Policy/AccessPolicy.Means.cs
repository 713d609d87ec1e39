using SshFunctions.Core.Resources;

namespace SshFunctions.Core.Policy;

public static partial class AccessPolicy
{
    private const string MeansRuleName = "means";

    /// <summary>What follows from the resource alone; speaks only where it refuses.</summary>
    private static IEnumerable<RuleFinding> MeansRules(AccessQuestion question, AccessFacts facts)
    {
        Resource resource = facts.Resource;
        if (question.Means != AccessMeans.Certificate && resource.Profile.IsGitHost())
        {
            yield return new(
                MeansRuleName, false, $"{resource.Path} is a git host, which takes certificates and no {WordOf(question.Means)}", "use a certificate");
        }

        // sshd holds a certificate or a key to a command; a password it can't.
        if (question.Means == AccessMeans.Passcode && resource.ForceLoginCommand)
        {
            yield return new(
                MeansRuleName, false, $"{resource.Path} allows one command alone, to which a passcode can't be held", "use a certificate");
        }
    }

    /// <summary>Why a grant that allows it all the same gives nothing to this kind of credential; null when it does.</summary>
    private static RuleFinding? MeansRule(AccessQuestion question, Grant grant, Resource resource)
    {
        string name = NameOf(grant);
        return question.Means switch
        {
            AccessMeans.Certificate when grant.SingleUse && resource.Profile != CertificateProfileName.Sshd => new(
                GrantRuleName,
                false,
                $"{name} allows one connection for each certificate, which {resource.Path} can't enforce",
                "a manager gives a grant without single use, or enrolls the host and gives the resource profile sshd"),
            AccessMeans.RegisteredKey when grant.SingleUse => new(
                GrantRuleName, false, $"{name} allows single use, and a registered key is used again and again", "use a certificate"),
            AccessMeans.Passcode when grant.SftpFolder is { } folder => new(
                GrantRuleName, false, $"{name} allows file transfer in {folder} alone, to which a passcode can't be held", "use a certificate"),
            AccessMeans.Passcode when !grant.Permissions.Contains(Permission.Pty) => new(
                GrantRuleName, false, $"{name} allows no terminal, which a passcode can't be kept from", "use a certificate"),
            _ => null,
        };
    }

    private static string WordOf(AccessMeans means) => means switch
    {
        AccessMeans.RegisteredKey => "registered key",
        AccessMeans.Passcode => "passcode",
        _ => "certificate",
    };
}
