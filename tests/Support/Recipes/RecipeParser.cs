using System.Text.Json;
using SshFunctions.Support.Processes;
using SshFunctions.Support.Programs;

namespace SshFunctions.Support.Recipes;

/// <summary>Reads the recipes of <c>infra/</c> with parsers that others wrote: tree-sitter's for Bicep, dockerfile-utils for Containerfiles.</summary>
/// <remarks>
/// The Bicep compiler can't be had from the registries this project builds against. tree-sitter knows the grammar and nothing of Azure's types, so
/// what a name means and what a resource must say is checked over the tree by tests.
/// </remarks>
public static class RecipeParser
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { MaxDepth = 256 };

    /// <summary>Reads Bicep files and parameter files.</summary>
    /// <param name="paths">Where they are.</param>
    public static async Task<IReadOnlyList<BicepFile>> ReadBicepAsync(IEnumerable<string> paths) =>
        [.. (await RunAsync("bicep.mjs", paths)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => Read<BicepFile>(line))];

    /// <summary>Reads a Containerfile.</summary>
    /// <param name="path">Where it is.</param>
    public static async Task<Containerfile> ReadContainerfileAsync(string path) => Read<Containerfile>(await RunAsync("containerfile.mjs", [path]));

    private static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, Json) ?? throw new InvalidOperationException("the parser said null");

    private static async Task<string> RunAsync(string script, IEnumerable<string> paths)
    {
        string folder = Path.Combine(SourceTree.Root, "tests", "Support", "Recipes", "parser");
        if (!Directory.Exists(Path.Combine(folder, "node_modules")))
            throw new InvalidOperationException("the parsers of recipes are not installed: bash infra/install.sh");
        return (await ProcessRun.ToEndAsync("node", [Path.Combine(folder, script), .. paths])).Expect(0).Output;
    }
}
