using SshFunctions.Hooks.Config;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Alias;

/// <summary>One file per alias that was used, and beside it the host CA keys for it.</summary>
internal sealed class AliasFolder(Folders folders)
{
    private const string Extension = ".conf";

    internal string PathOf(string alias) => $"{folders.Aliases}/{alias}{Extension}";

    private string KnownHostsOf(string alias) => $"{folders.Aliases}/{alias}{KnownHostsFile.Extension}";

    internal void Write(string alias, Target target, Catalog catalog)
    {
        Ownership.EnsureFolder(folders.State);
        Ownership.EnsureFolder(folders.Aliases);
        string knownHosts = KnownHostsOf(alias);
        HostKeys keys = new(folders);
        // Nobody brings newer keys between reading and writing.
        using FileLock? held = keys.Hold();
        Uri broker = new(catalog.Broker);
        Files.Write(knownHosts, AliasFile.RenderKnownHosts(target, broker, keys.Read(broker) ?? ""), Files.Private);
        Files.Write(PathOf(alias), AliasFile.Render(alias, target, folders, knownHosts), Files.Private);
    }

    internal void Remove(string alias)
    {
        Files.Delete(PathOf(alias));
        Files.Delete(KnownHostsOf(alias));
    }

    /// <summary>Takes away what means nothing any more, or no longer one thing.</summary>
    internal void Clean(Catalog catalog)
    {
        foreach (string path in Files.In(folders.Aliases).Where(path => path.EndsWith(Extension, StringComparison.Ordinal)))
        {
            string alias = Path.GetFileName(path)[..^Extension.Length];
            if (ResourceNames.Find(catalog.Resources, alias).Count != 1)
                Remove(alias);
        }
    }

    /// <summary>Takes all away, so that each is made anew when it is next used.</summary>
    internal void Clear()
    {
        foreach (string path in Files.In(folders.Aliases))
            Files.Delete(path);
    }
}
