using SshFunctions.Architecture.Tests.Product;
using SshFunctions.Support.Recipes;

namespace SshFunctions.Architecture.Tests.Infrastructure;

/// <summary>Every Bicep file and parameter file of <c>infra/</c>, read once.</summary>
public sealed class BicepFiles : IAsyncLifetime
{
    public IReadOnlyList<BicepFile> All { get; private set; } = [];

    public IEnumerable<BicepFile> Templates => All.Where(file => file.Path.EndsWith(".bicep", StringComparison.Ordinal));

    public BicepFile Main => Named("main.bicep");

    public BicepFile Parameters => Named("main.bicepparam");

    public IEnumerable<BicepDeclaration> Resources => Templates.SelectMany(file => file.Resources);

    public BicepFile Named(string name) => All.Single(file => file.ToString() == name);

    /// <summary>The resources of a type, which there must be some of.</summary>
    public IReadOnlyList<BicepDeclaration> OfType(string type)
    {
        List<BicepDeclaration> found = [.. Resources.Where(resource => resource.ResourceType == type)];
        Assert.NotEmpty(found);
        return found;
    }

    public async Task InitializeAsync() =>
        All = await RecipeParser.ReadBicepAsync(
            Repository.FilesUnder("infra", ".bicep").Concat(Repository.FilesUnder("infra", ".bicepparam")).Select(Repository.PathOf));

    public Task DisposeAsync() => Task.CompletedTask;
}
