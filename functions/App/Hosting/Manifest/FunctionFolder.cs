using System.Text;

namespace SshFunctions.App.Hosting.Manifest;

/// <summary>One deployed function: a folder with one file.</summary>
/// <param name="Name">Name of the folder, which is the function's.</param>
/// <param name="Json">Content of its <c>function.json</c>.</param>
internal sealed record FunctionFolder(string Name, string Json)
{
    public const string FileName = "function.json";

    /// <summary>Told from files that people write by this member, which the host ignores.</summary>
    private const string Author = "sshfn-broker manifest";

    public static FunctionFolder Of(string name, params IEnumerable<IReadOnlyDictionary<string, object>> bindings) =>
        new(name, FunctionJson.Write(Author, bindings));

    /// <summary>Whether a file is one that was written from the declarations.</summary>
    public static bool IsOurs(byte[] file) => Encoding.UTF8.GetString(file).StartsWith(FunctionJson.StartOf(Author), StringComparison.Ordinal);
}
