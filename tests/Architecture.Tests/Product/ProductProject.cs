using System.Xml.Linq;

namespace SshFunctions.Architecture.Tests.Product;

/// <summary>One project of the product: where it lives, what it compiles to, and what it may depend on.</summary>
/// <param name="Folder">Relative to the repository's root.</param>
/// <param name="Assembly">Name of the compiled assembly, without extension.</param>
/// <param name="RootNamespace">The namespace that stands for <paramref name="Folder"/>.</param>
/// <param name="MayImport">Assemblies of the product it may reference.</param>
/// <param name="MayUse">Packages it may name.</param>
internal sealed record ProductProject(string Folder, string Assembly, string RootNamespace, string[] MayImport, string[] MayUse)
{
    /// <summary>The law of who may import whom, from the inside out. A new arrow or package starts here, with its reason.</summary>
    public static IReadOnlyList<ProductProject> All { get; } =
    [
        new("functions/Ssh", "SshFunctions.Ssh", "SshFunctions.Ssh", [], []),
        new("functions/Api", "SshFunctions.Api", "SshFunctions.Api", [], []),
        new("functions/Core", "SshFunctions.Core", "SshFunctions.Core", ["SshFunctions.Ssh"], []),
        // The raw binding over the system's libsqlite3: infra/decisions/0004.
        new("functions/Local", "SshFunctions.Local", "SshFunctions.Local", ["SshFunctions.Ssh", "SshFunctions.Core"],
            ["SQLitePCLRaw.provider.e_sqlite3"]),
        // Pipeline and identities; Tables, Queues and Key Vault are REST over the first: infra/decisions/0002.
        new("functions/Azure", "SshFunctions.Azure", "SshFunctions.Azure", ["SshFunctions.Ssh", "SshFunctions.Core"], ["Azure.Core", "Azure.Identity"]),
        // OpenAPI document (Microsoft.OpenApi only pins what the first pulls) and traces behind a setting.
        new("functions/App", "sshfn-broker", "SshFunctions.App",
            ["SshFunctions.Ssh", "SshFunctions.Api", "SshFunctions.Core", "SshFunctions.Local", "SshFunctions.Azure"],
            ["Microsoft.AspNetCore.OpenApi", "Microsoft.OpenApi", "OpenTelemetry", "OpenTelemetry.Exporter.OpenTelemetryProtocol"]),
        new("hooks", "sshfn", "SshFunctions.Hooks", ["SshFunctions.Ssh", "SshFunctions.Api"], ["System.CommandLine"]),
    ];

    /// <summary>As xunit wants them: one row per project, named by its folder.</summary>
    public static TheoryData<string> Folders => [.. All.Select(project => project.Folder)];

    public static ProductProject In(string folder) => All.Single(project => project.Folder == folder);

    public string AssemblyPath => Path.Combine(AppContext.BaseDirectory, Assembly + ".dll");

    public string ProjectFile =>
        Repository.Files.Single(file => Path.GetDirectoryName(file) == Folder && file.EndsWith(".csproj", StringComparison.Ordinal));

    /// <summary>The Include of every item named <paramref name="item"/> in the project file.</summary>
    public string[] Declared(string item) =>
        [.. XDocument.Load(Repository.PathOf(ProjectFile)).Descendants(item).Select(element => element.Attribute("Include")!.Value)];
}
