using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Config;

/// <summary>The configuration that <c>sshfn ssh</c> and its kin give to ssh: aliases work, config-ssh or not; then what ssh would read anyway.</summary>
internal static class ConnectConfig
{
    /// <summary>Writes it when it is not what it should be, and gives its path.</summary>
    internal static string Ensure(Folders folders)
    {
        string text = Render(folders, Programs.Self);
        if (Files.Read(folders.ConnectConfig) != text)
        {
            Ownership.EnsureFolder(folders.Config);
            Files.Write(folders.ConnectConfig, text, Files.Private);
        }

        return folders.ConnectConfig;
    }

    private static string Render(Folders folders, string program)
    {
        string aliases = AliasBlock.IsIn(Files.Read(folders.SshConfig)) ? "" : AliasBlock.Render(folders, program, []) + "\nMatch all\n";
        return $"# Managed by sshfn for `sshfn ssh`. Changes made here are lost.\n{aliases}{Body(folders)}";
    }

    private static string Body(Folders folders) => $"""
        Include {QuotedPath.ForSsh(folders.SshConfig)}
        Include ~/.ssh/config
        Include /etc/ssh/ssh_config

        """;
}
