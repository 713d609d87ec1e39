using SshFunctions.Hooks.Alias;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Commands.Journal;

/// <summary>The path that somebody means: written out, or a resource by its name.</summary>
internal static class AuditPlace
{
    internal static string Find(string name)
    {
        if (name.Contains('/'))
            return name;
        ResourceChoice choice = new(name, null, null);
        // A project is a path too, and one may audit what one may not enter.
        return choice.Find(new CatalogStore(Folders.Current()).Refresh())?.Resource.Path ?? name;
    }
}
