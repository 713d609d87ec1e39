using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Config;

/// <summary>The configuration that <c>sshfn git-ssh</c> gives to ssh: the managed file first, then what ssh would read anyway.</summary>
internal static class GitSshConfig
{
    internal static string Render(Folders folders) => $"""
        # Managed by sshfn for `sshfn git-ssh`. Changes made here are lost.
        Include {QuotedPath.ForSsh(folders.SshConfig)}
        Include ~/.ssh/config
        Include /etc/ssh/ssh_config

        """;
}
