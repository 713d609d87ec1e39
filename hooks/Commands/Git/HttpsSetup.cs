using SshFunctions.Hooks.Config;
using SshFunctions.Hooks.Git;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Commands.Git;

/// <summary>The part of <c>git-setup</c> that is about HTTPS.</summary>
internal static class HttpsSetup
{
    internal static GitCredentialSetup Of(string level) => new(new GitSettings(level), $"{QuotedPath.ForShell(Programs.Self)} git-credential");

    internal static int Install(string level, IReadOnlyList<string> hosts, bool isDry)
    {
        GitCredentialSetup setup = Of(level);
        foreach (string host in hosts)
        {
            RequireHost(host);
            bool isNew = isDry ? !setup.Hosts.Contains(host) : setup.Install(host);
            Terminal.Print(isNew
                ? $"{(isDry ? "would set" : "set")} {level} {GitCredentialSetup.KeyOf(host)} = {setup.Helper}"
                : $"unchanged: git already asks sshfn for https://{host}");
        }

        return ExitCode.Done;
    }

    /// <summary>Takes back what was set for the hosts named, or for all of them.</summary>
    internal static bool Remove(string level, IReadOnlyList<string> hosts, bool isDry)
    {
        GitCredentialSetup setup = Of(level);
        string[] present = [.. setup.Hosts.Where(host => hosts.Count == 0 || hosts.Contains(host))];
        foreach (string host in present)
        {
            if (!isDry)
                setup.Remove(host);
            Terminal.Print($"{(isDry ? "would remove" : "removed")} {level} {GitCredentialSetup.KeyOf(host)}");
        }

        return present.Length > 0;
    }

    private static void RequireHost(string host)
    {
        if (!Uri.TryCreate($"https://{host}/", UriKind.Absolute, out Uri? url) || url.Authority != host || url.AbsolutePath != "/" || host.StartsWith('-'))
            throw new CommandFailedException(ExitCode.Usage, $"{host} is not a host", "give it as in the URL, lower case: git.example.com or git.example.com:8443");
    }
}
