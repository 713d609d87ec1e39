using SshFunctions.Support.Programs;
using SshFunctions.Support.Schemas;

namespace SshFunctions.App.Tests.Manifest;

/// <summary>The schemas that Azure's tools judge a function app by.</summary>
internal static class FunctionSchemas
{
    public static JsonSchema Host { get; } = Read("host.schema.json");

    public static JsonSchema Function { get; } = Read("function.schema.json");

    private static JsonSchema Read(string name) =>
        JsonSchema.Parse(File.ReadAllText(Path.Combine(SourceTree.Root, "tests", "Vectors", "functions", name)));
}
