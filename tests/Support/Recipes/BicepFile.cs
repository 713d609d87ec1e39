namespace SshFunctions.Support.Recipes;

/// <summary>One Bicep file: what is declared at its top.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Faults">What could not be read; none in a good file.</param>
/// <param name="Tree">All of it.</param>
public sealed record BicepFile(string Path, IReadOnlyList<RecipeFault> Faults, BicepNode Tree)
{
    /// <summary>Its parameters.</summary>
    public IEnumerable<BicepDeclaration> Parameters => Declarations("parameter_declaration");

    /// <summary>Its variables; in a parameter file, the parameters it sets.</summary>
    public IEnumerable<BicepDeclaration> Variables => Declarations("variable_declaration");

    /// <summary>Its resources.</summary>
    public IEnumerable<BicepDeclaration> Resources => Declarations("resource_declaration");

    /// <summary>The modules it calls.</summary>
    public IEnumerable<BicepDeclaration> Modules => Declarations("module_declaration");

    /// <summary>Its outputs.</summary>
    public IEnumerable<BicepDeclaration> Outputs => Declarations("output_declaration");

    /// <summary>The file's name, as <c>vault.bicep</c>.</summary>
    public override string ToString() => System.IO.Path.GetFileName(Path);

    private IEnumerable<BicepDeclaration> Declarations(string type)
    {
        for (int i = 0; i < Tree.Children.Count; i++)
        {
            // The grammar keeps decorators beside what they decorate, not in it.
            BicepNode? before = i > 0 && Tree.Children[i - 1].Type == "decorators" ? Tree.Children[i - 1] : null;
            if (Tree.Children[i].Type == type) yield return new BicepDeclaration(Tree.Children[i], before?.Children ?? []);
        }
    }
}
