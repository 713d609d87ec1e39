using SshFunctions.Support.Recipes;

namespace SshFunctions.Architecture.Tests.Infrastructure;

/// <summary>What the compiler would say of names: every one is declared, every one declared is used, and modules get what they take.</summary>
public sealed class BicepNameTests(BicepFiles files) : IClassFixture<BicepFiles>
{
    private static readonly HashSet<string> Functions =
    [
        "bool", "concat", "contains", "empty", "environment", "guid", "int", "join", "loadJsonContent", "readEnvironmentVariable", "replace",
        "resourceGroup", "subscription", "subscriptionResourceId", "take", "toLower", "toObject", "union", "uniqueString", "utcNow",
    ];

    [Fact]
    public void Every_file_parses() =>
        Assert.Empty(files.All.SelectMany(file => file.Faults.Select(fault => $"{file}:{fault.Line}: {fault.Text}")));

    [Fact]
    public void Every_name_is_declared()
    {
        var unknown =
            from file in files.All
            let declared = Declared(file)
            from use in Uses(file.Tree)
            where !declared.Contains(use.Text)
            select $"{file}:{use.Line}: {use.Text}";

        Assert.Empty(unknown);
    }

    [Fact]
    public void Every_parameter_and_variable_is_used()
    {
        var idle =
            from file in files.Templates
            let used = Uses(file.Tree).Select(use => use.Text).ToHashSet()
            from declaration in file.Parameters.Concat(file.Variables)
            where !used.Contains(declaration.Name)
            select $"{file}: {declaration.Name}";

        Assert.Empty(idle);
    }

    [Fact]
    public void Every_module_is_there_and_gets_what_it_takes()
    {
        foreach (BicepDeclaration call in files.Main.Modules)
        {
            BicepFile module = files.Named(Path.GetFileName(call.Target));
            Assert.EndsWith("infra/" + call.Target, module.Path, StringComparison.Ordinal);
            var given = call.Body.Get("params")!.Properties.Select(property => property.Name);
            Assert.Equal(module.Parameters.Select(parameter => parameter.Name).Order(), given.Order());
        }

        Assert.Equal(files.Templates.Count() - 1, files.Main.Modules.Count());
    }

    [Fact]
    public void Every_output_of_a_module_that_is_read_is_one()
    {
        var reads =
            from node in files.Main.Tree.All()
            where node.Type == "member_expression"
            let parts = node.Text.Split('.')
            where parts.Length == 3 && parts[1] == "outputs"
            select (Module: files.Main.Modules.Single(module => module.Name == parts[0]), Output: parts[2]);

        Assert.NotEmpty(reads);
        Assert.All(reads, read => Assert.Contains(read.Output, files.Named(Path.GetFileName(read.Module.Target)).Outputs.Select(one => one.Name)));
    }

    [Fact]
    public void The_parameter_file_sets_parameters_that_exist_and_all_that_have_no_default()
    {
        var set = files.Parameters.Variables.Select(one => one.Name).ToList();

        Assert.Empty(set.Except(files.Main.Parameters.Select(one => one.Name)));
        Assert.Empty(files.Main.Parameters.Where(one => !one.Node.Text.Contains('=', StringComparison.Ordinal)).Select(one => one.Name).Except(set));
    }

    private static HashSet<string> Declared(BicepFile file)
    {
        var names = new HashSet<string>(Functions);
        names.UnionWith(file.Parameters.Concat(file.Variables).Concat(file.Resources).Concat(file.Modules).Select(one => one.Name));
        foreach (BicepNode node in file.Tree.All())
        {
            if (node.Type is "loop_variable" or "loop_enumerator") names.Add(node.Text);
            if (node.Type == "for_statement" && node.Children[0].Type == "identifier") names.Add(node.Children[0].Text);
            if (node.Type == "lambda_expression") names.Add(node.Children[0].Text);
        }

        return names;
    }

    // An identifier that is neither a declaration's own name, nor a property's, nor a decorator's.
    private static IEnumerable<BicepNode> Uses(BicepNode node)
    {
        if (node.Type is "decorators" or "type" or "using_statement") yield break;
        bool named = node.Type is "object_property" || node.Type.EndsWith("_declaration", StringComparison.Ordinal);
        for (int i = 0; i < node.Children.Count; i++)
        {
            BicepNode child = node.Children[i];
            if (child.Type == "identifier" && !(named && i == 0)) yield return child;
            else foreach (BicepNode use in Uses(child)) yield return use;
        }
    }
}
