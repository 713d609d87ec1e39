using SshFunctions.Hooks.Alias;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Hook;

/// <summary>Hosts below a pattern that turned out to be no resource: for a minute nobody asks again.</summary>
internal sealed class Strangers(Folders folders)
{
    internal bool Contains(HookDestination destination) => new CatalogStore(folders).IsFresh(PathOf(destination));

    internal void Add(HookDestination destination)
    {
        Ownership.EnsureFolder(folders.Strangers);
        foreach (string old in Files.In(folders.Strangers).Where(path => !new CatalogStore(folders).IsFresh(path)))
            Files.Delete(old);
        Files.Write(PathOf(destination), "", Files.Private);
    }

    private string PathOf(HookDestination destination) => $"{folders.Strangers}/{destination.Host}:{destination.Port}";
}
