namespace SshFunctions.Core.Resources;

/// <summary>What follows from the kind of a destination.</summary>
public static class CertificateProfileNames
{
    /// <summary>Whether it is a git host with accounts of its own.</summary>
    /// <param name="profile">The kind.</param>
    /// <returns>True for GitHub, GitLab and Gitea.</returns>
    public static bool IsGitHost(this CertificateProfileName profile) =>
        profile is CertificateProfileName.GitHub or CertificateProfileName.GitLab or CertificateProfileName.Gitea;
}
