using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Alias;

/// <summary>From what somebody typed to where a connection goes.</summary>
internal static class Targets
{
    /// <summary>The target and the catalog that it was found in; refused when the name means nothing or several things.</summary>
    internal static (Target Target, Catalog Catalog) Find(Folders folders, ResourceChoice choice, int? instance = null)
    {
        (NamedResource named, Catalog catalog) = new CatalogStore(folders).Look(
            catalog => choice.Find(catalog) is { } found ? Tuple.Create(found, catalog) : null, choice.Missing);
        if (instance is not null)
            named = named with { Instance = instance, Host = null };
        return (new TargetFinder(catalog, BlockedPorts.Read(folders)).Find(named), catalog);
    }
}
