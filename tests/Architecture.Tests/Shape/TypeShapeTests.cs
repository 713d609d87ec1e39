using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using SshFunctions.Architecture.Tests.Product;

namespace SshFunctions.Architecture.Tests.Shape;

public sealed partial class TypeShapeTests
{
    [Theory, MemberData(nameof(ProductProject.Folders), MemberType = typeof(ProductProject))]
    public void Every_class_is_sealed_abstract_or_static(string folder)
    {
        var open = WrittenTypes(folder).Where(type => type is { IsClass: true, IsSealed: false, IsAbstract: false });

        Assert.Empty(open.Select(type => type.FullName));
    }

    [Theory]
    [InlineData("functions/App")]
    [InlineData("hooks")]
    public void A_program_has_no_public_types(string folder) =>
        Assert.Empty(WrittenTypes(folder).Where(type => type.IsVisible).Select(type => type.FullName));

    [Theory, MemberData(nameof(ProductProject.Folders), MemberType = typeof(ProductProject))]
    public void A_namespace_is_the_path_of_its_folder(string folder)
    {
        var project = ProductProject.In(folder);

        var lost = TopLevelTypes(folder).Where(type => FolderOf(project, type) is not { } path || !Directory.Exists(Repository.PathOf(path)));

        Assert.Empty(lost.Select(type => type.FullName));
    }

    [Theory, MemberData(nameof(ProductProject.Folders), MemberType = typeof(ProductProject))]
    public void A_public_type_lives_in_the_file_named_for_it(string folder)
    {
        var project = ProductProject.In(folder);

        var lost = TopLevelTypes(folder).Where(type => type.IsPublic).Where(type => !Repository.Files.Any(file =>
            Path.GetDirectoryName(file) == FolderOf(project, type) && IsNamedFor(type, Path.GetFileName(file))));

        Assert.Empty(lost.Select(type => type.FullName));
    }

    [Theory, MemberData(nameof(ProductProject.Folders), MemberType = typeof(ProductProject))]
    public void No_type_is_named_for_having_no_subject(string folder) =>
        Assert.Empty(WrittenTypes(folder).Where(type => Shapeless().IsMatch(SimpleName(type))).Select(type => type.FullName));

    // A constructor stores; a static one would run who knows when and could not be tested.
    [Theory, MemberData(nameof(ProductProject.Folders), MemberType = typeof(ProductProject))]
    public void Fields_others_can_write_do_not_exist(string folder)
    {
        var fields =
            from type in WrittenTypes(folder)
            where !type.IsEnum
            from field in type.GetFields(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.DeclaredOnly)
            where !field.IsInitOnly && !field.IsLiteral
            select $"{type.FullName}.{field.Name}";

        Assert.Empty(fields);
    }

    private static IEnumerable<Type> TopLevelTypes(string folder) => WrittenTypes(folder).Where(type => !type.IsNested);

    private static IEnumerable<Type> WrittenTypes(string folder)
    {
        var project = ProductProject.In(folder);
        return Assembly.LoadFrom(project.AssemblyPath).GetTypes()
            .Where(type => type.Namespace is { } space && (space == project.RootNamespace || space.StartsWith(project.RootNamespace + ".", StringComparison.Ordinal)))
            .Where(type => !Lineage(type).Any(one => one.Name.Contains('<') || one.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false)
                || one.IsDefined(typeof(System.CodeDom.Compiler.GeneratedCodeAttribute), inherit: false) && !one.Name.EndsWith("Json", StringComparison.Ordinal)));
    }

    private static IEnumerable<Type> Lineage(Type type)
    {
        for (Type? one = type; one is not null; one = one.DeclaringType) yield return one;
    }

    private static string FolderOf(ProductProject project, Type type) =>
        project.Folder + type.Namespace![project.RootNamespace.Length..].Replace('.', '/');

    private static bool IsNamedFor(Type type, string file) =>
        file == SimpleName(type) + ".cs" || (file.StartsWith(SimpleName(type) + ".", StringComparison.Ordinal) && file.EndsWith(".cs", StringComparison.Ordinal));

    private static string SimpleName(Type type) => type.Name.Split('`')[0];

    [GeneratedRegex("^(Utils?|Utilities|Helpers?|Common|Shared|Managers?|Models?|Internal)$|(Utils?|Utilities|Helpers?|Manager)$")]
    private static partial Regex Shapeless();
}
