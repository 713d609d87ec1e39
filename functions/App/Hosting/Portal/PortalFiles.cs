using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace SshFunctions.App.Hosting.Portal;

/// <summary>The portal's files, embedded into the program; read at the first request, so that they cost a start nothing.</summary>
internal static class PortalFiles
{
    private const string Prefix = "portal/";
    private static readonly Lazy<FrozenDictionary<string, PortalFile>> Files = new(Read);

    /// <summary>Every file by its name with <c>/</c> between folders.</summary>
    public static FrozenDictionary<string, PortalFile> All => Files.Value;

    /// <summary>Finds a file by its exact name; the page itself when the name is empty.</summary>
    public static bool TryFind(string? name, [NotNullWhen(true)] out PortalFile? file) =>
        All.TryGetValue(string.IsNullOrEmpty(name) ? "index.html" : name, out file);

    private static FrozenDictionary<string, PortalFile> Read()
    {
        Assembly program = typeof(PortalFiles).Assembly;
        return program.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .ToFrozenDictionary(name => name[Prefix.Length..], name => PortalFile.Of(name, Read(program, name)), StringComparer.Ordinal);
    }

    private static byte[] Read(Assembly program, string name)
    {
        using Stream stream = program.GetManifestResourceStream(name)!;
        byte[] content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
