namespace SshFunctions.Hooks.Git;

/// <summary>The setting that makes git ask <c>sshfn git-credential</c> for one HTTPS host, and its removal.</summary>
/// <remarks>
/// Where the host had no helper, the list is first emptied, so that no helper for all hosts writes the password to a disk.
/// Source: gitcredentials(7), "helper".
/// </remarks>
internal sealed class GitCredentialSetup(GitSettings settings, string command)
{
    private const string Marker = "sshfn.credentialHost";
    private const string EmptyingMarker = "sshfn.credentialOnlyHost";

    internal IEnumerable<string> Hosts => settings.ReadAll(Marker).Concat(settings.ReadAll(EmptyingMarker));

    internal static string KeyOf(string host) => $"credential.https://{host}.helper";

    internal string Helper { get; } = "!" + command;

    /// <summary>False when it was installed before.</summary>
    internal bool Install(string host)
    {
        if (Hosts.Contains(host))
            return false;
        bool isFirst = settings.ReadAll(KeyOf(host)).Count == 0;
        if (isFirst)
            settings.Add(KeyOf(host), "");
        settings.Add(KeyOf(host), Helper);
        settings.Add(isFirst ? EmptyingMarker : Marker, host);
        return true;
    }

    /// <summary>False when nothing was installed.</summary>
    internal bool Remove(string host)
    {
        bool emptied = settings.ReadAll(EmptyingMarker).Contains(host);
        if (!emptied && !settings.ReadAll(Marker).Contains(host))
            return false;
        // By its form and not its value: sshfn may have moved since.
        foreach (string helper in settings.ReadAll(KeyOf(host)).Where(IsOurs).Distinct())
            settings.RemoveValue(KeyOf(host), helper);
        if (emptied)
            settings.RemoveValue(KeyOf(host), "");
        settings.RemoveValue(emptied ? EmptyingMarker : Marker, host);
        return true;
    }

    private bool IsOurs(string helper) => helper == Helper || (helper.StartsWith('!') && helper.EndsWith("sshfn' git-credential", StringComparison.Ordinal));
}
