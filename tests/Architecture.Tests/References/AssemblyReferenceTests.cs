using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using SshFunctions.Architecture.Tests.Product;

namespace SshFunctions.Architecture.Tests.References;

public sealed class AssemblyReferenceTests
{
    [Theory, MemberData(nameof(ProductProject.Folders), MemberType = typeof(ProductProject))]
    public void Compiled_code_reaches_only_the_parts_it_may_import(string folder)
    {
        var project = ProductProject.In(folder);
        var ours = ProductProject.All.Select(one => one.Assembly).ToHashSet();

        var forbidden = ReferencesOf(project).Where(ours.Contains).Except(project.MayImport);

        Assert.Empty(forbidden);
    }

    [Theory, MemberData(nameof(ProductProject.Folders), MemberType = typeof(ProductProject))]
    public void The_project_file_names_only_the_parts_it_may_import(string folder)
    {
        var project = ProductProject.In(folder);
        var allowed = project.MayImport;

        var named = project.Declared("ProjectReference")
            .Select(include => Path.GetRelativePath(Repository.Root, Path.GetFullPath(include, Repository.PathOf(project.Folder))))
            .Select(file => ProductProject.All.SingleOrDefault(one => one.Folder == Path.GetDirectoryName(file))?.Assembly ?? file);

        Assert.Empty(named.Except(allowed));
    }

    [Theory, MemberData(nameof(ProductProject.Folders), MemberType = typeof(ProductProject))]
    public void The_project_file_names_only_the_packages_it_may_use(string folder)
    {
        var project = ProductProject.In(folder);

        Assert.Empty(project.Declared("PackageReference").Except(project.MayUse));
        Assert.Empty(project.Declared("Reference"));
    }

    [Theory, MemberData(nameof(ProductProject.Folders), MemberType = typeof(ProductProject))]
    public void A_part_without_packages_compiles_against_the_runtime_alone(string folder)
    {
        var project = ProductProject.In(folder);
        var known = project.MayImport.Concat(["System", "Microsoft", "netstandard"]);
        if (project.MayUse.Length > 0) known = known.Concat(["SQLitePCLRaw", "OpenTelemetry", "Azure.Core", "Azure.Identity"]);

        var foreign = ReferencesOf(project)
            .Where(name => !known.Any(prefix => name == prefix || name.StartsWith(prefix + ".", StringComparison.Ordinal)));

        Assert.Empty(foreign);
    }

    [Theory]
    [InlineData("functions/Ssh")]
    [InlineData("functions/Api")]
    [InlineData("functions/Core")]
    public void The_inner_parts_open_no_socket_and_start_no_process(string folder)
    {
        string[] outward =
        [
            "System.Net.Http", "System.Net.Sockets", "System.Net.Security", "System.Net.Requests", "System.Diagnostics.Process",
            "System.Console", "System.IO.Pipes",
        ];

        Assert.Empty(ReferencesOf(ProductProject.In(folder)).Intersect(outward));
    }

    [Fact]
    public void Every_project_of_the_product_has_its_row_in_the_law()
    {
        var projects = Repository.Files
            .Where(file => file.EndsWith(".csproj", StringComparison.Ordinal) && !file.StartsWith("tests/", StringComparison.Ordinal))
            .Select(file => Path.GetDirectoryName(file)!);

        Assert.Equal(ProductProject.All.Select(project => project.Folder).Order(), projects.Order());
    }

    [Fact]
    public void Nothing_outside_the_tests_imports_the_two_programs()
    {
        var programs = new[] { "sshfn-broker", "sshfn" };

        Assert.All(ProductProject.All, project => Assert.Empty(project.MayImport.Intersect(programs)));
    }

    private static string[] ReferencesOf(ProductProject project)
    {
        using var file = new PEReader(File.OpenRead(project.AssemblyPath));
        var metadata = file.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))];
    }
}
