using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Config;

/// <summary>Everything that <c>config-ssh</c> writes or takes away, as a list of changes to look at before they are made.</summary>
internal sealed class SshSetup(Folders folders, string userConfig)
{
    /// <summary>Where ssh looks: in the password database's home, whatever HOME says. A file below HOME would be read by nobody.</summary>
    internal static string DefaultUserConfig => Folders.SshHome + "/.ssh/config";

    internal ManagedFile Recall() => ManagedFile.Recall(Files.Read(folders.SshConfig));

    internal IReadOnlyList<FileChange> Install(ManagedFile managed, Uri broker, string brokerHostKeys)
    {
        string target = Files.Target(userConfig);
        string? text = Files.ReadBytesAsText(target);
        // Git runs outside this configuration too, so git-ssh gets a file of its own that includes it.
        return
        [
            FileChange.ToUtf8(folders.SshConfig, (managed with { CreatedConfig = CreatedBefore(managed, text, target) }).Render(folders, Programs.Self), Files.Private),
            FileChange.ToUtf8(folders.KnownHosts, KnownHostsFile.Render(broker, brokerHostKeys, managed.Trusted, managed.Foreign), Files.Private),
            FileChange.ToUtf8(folders.GitSshConfig, GitSshConfig.Render(folders), Files.Private),
            FileChange.To(target, IncludeLine.Insert(text ?? "", IncludeLine.For(folders.SshConfig)), Files.Private),
        ];
    }

    internal IReadOnlyList<FileChange> Uninstall()
    {
        string target = Files.Target(userConfig);
        string? rest = Files.ReadBytesAsText(target) is { } text ? IncludeLine.Remove(text, IncludeLine.For(folders.SshConfig)) : null;
        if (rest is "" && Recall().CreatedConfig == target)
            rest = null;
        return
        [
            FileChange.To(target, rest, Files.Private),
            FileChange.To(folders.SshConfig, null, Files.Private),
            FileChange.To(folders.KnownHosts, null, Files.Private),
            FileChange.To(folders.GitSshConfig, null, Files.Private),
        ];
    }

    /// <summary>Makes the changes; whoever calls it holds the keys of hosts.</summary>
    internal void Apply(IReadOnlyList<FileChange> changes)
    {
        Ownership.EnsureFolder(folders.Config);
        Ownership.RequireOwnPlace(Files.Target(userConfig));
        Files.CreateFolder(Path.GetDirectoryName(userConfig)!);
        foreach (FileChange change in changes)
            change.Apply();
    }

    private static string? CreatedBefore(ManagedFile managed, string? text, string target) =>
        text is null || managed.CreatedConfig == target ? target : null;
}
