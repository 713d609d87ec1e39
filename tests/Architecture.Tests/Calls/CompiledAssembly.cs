using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using SshFunctions.Architecture.Tests.Product;

namespace SshFunctions.Architecture.Tests.Calls;

/// <summary>Reads every method of one assembly together with its portable PDB. Code made by source generators is left out.</summary>
internal static class CompiledAssembly
{
    public static IReadOnlyList<CompiledMethod> ReadMethods(ProductProject project)
    {
        using var file = new PEReader(File.OpenRead(project.AssemblyPath));
        using var symbols = MetadataReaderProvider.FromPortablePdbStream(
            File.OpenRead(Path.ChangeExtension(project.AssemblyPath, ".pdb")));
        var names = new MemberNames(file.GetMetadataReader());
        var pdb = symbols.GetMetadataReader();

        var methods = new List<CompiledMethod>();
        foreach (var handle in names.Metadata.MethodDefinitions)
        {
            var definition = names.Metadata.GetMethodDefinition(handle);
            if (definition.RelativeVirtualAddress == 0) continue;
            var source = SourceOf(pdb, handle);
            if (source.StartsWith(".artifacts/", StringComparison.Ordinal)) continue;
            methods.Add(Read(file, names, handle, definition, source));
        }
        return methods;
    }

    private static CompiledMethod Read(
        PEReader file, MemberNames names, MethodDefinitionHandle handle, MethodDefinition definition, string source)
    {
        var body = file.GetMethodBody(definition.RelativeVirtualAddress);
        var instructions = MethodIl.Read(body.GetILBytes() ?? []).ToList();
        var uses = instructions.Where(one => one.Token is not null).Select(one => (one.Offset, names.Of(one.Token!.Value))).ToList();
        var regions = body.ExceptionRegions.Select(region => (region, names.Of(region.CatchType))).ToList();
        return new CompiledMethod(names.Of(handle), source, names.IsStateMachine(definition.GetDeclaringType()), instructions, uses, regions);
    }

    private static string SourceOf(MetadataReader pdb, MethodDefinitionHandle method)
    {
        var debug = pdb.GetMethodDebugInformation(method.ToDebugInformationHandle());
        var document = debug.Document;
        if (document.IsNil && !debug.SequencePointsBlob.IsNil) document = debug.GetSequencePoints().First().Document;
        return document.IsNil ? "" : RelativePath(pdb.GetString(pdb.GetDocument(document).Name));
    }

    // Generators name their output by a made-up path below the compiler's own folder, which is not under the root: counted as .artifacts.
    private static string RelativePath(string path)
    {
        var relative = Path.GetRelativePath(Repository.Root, path);
        return relative.StartsWith("..", StringComparison.Ordinal) || relative.EndsWith(".g.cs", StringComparison.Ordinal)
            ? ".artifacts/" + Path.GetFileName(path)
            : relative;
    }
}
