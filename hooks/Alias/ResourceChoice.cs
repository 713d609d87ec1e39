using SshFunctions.Api;

namespace SshFunctions.Hooks.Alias;

/// <summary>What somebody named, narrowed to one project and environment when they are given.</summary>
internal sealed record ResourceChoice(string Name, string? Project = null, string? Environment = null)
{
    private const int MostCandidates = 10;

    /// <summary>The one resource it means; null when it means none; several are refused with their names.</summary>
    internal NamedResource? Find(Catalog catalog)
    {
        IReadOnlyList<NamedResource> found = ResourceNames.Find(catalog.Resources.Where(IsInside), Name);
        if (found.Count < 2)
            return found.Count == 0 ? null : found[0];
        string candidates = string.Join(", ", found.Select(named => named.Resource.Path).Order(StringComparer.Ordinal).Take(MostCandidates));
        throw new CommandFailedException(
            ExitCode.Usage,
            $"{Name} may mean {(found.Count > MostCandidates ? candidates + ", …" : candidates)}",
            "write the whole path, or narrow it with -p PROJECT and -e ENVIRONMENT");
    }

    internal CommandFailedException Missing(Catalog catalog)
    {
        string where = (Project, Environment) switch
        {
            (null, null) => "",
            ({ } project, null) => $" in {project}",
            (null, { } environment) => $" in environments named {environment}",
            ({ } project, { } environment) => $" in {project}/{environment}",
        };
        return new(
            ExitCode.NotFound,
            $"no resource that you may see{where} is called {Name}",
            catalog.Resources.Count == 0 ? "the broker shows you none: ask for a grant" : "list them: sshfn resources; a host that is none is reached with ssh itself");
    }

    private bool IsInside(ResourceResponse resource)
    {
        string[] names = resource.Path.Split('/');
        return names.Length == 3 && (Project is null || names[0] == Project) && (Environment is null || names[1] == Environment);
    }
}
