namespace SshFunctions.Support.Recipes;

/// <summary>A parameter, variable, resource, module or output.</summary>
/// <param name="Node">All of it but its decorators.</param>
/// <param name="Decorators">What stands above it, each as <c>@minValue(1)</c>.</param>
public sealed record BicepDeclaration(BicepNode Node, IReadOnlyList<BicepNode> Decorators)
{
    /// <summary>The name it is referred to by.</summary>
    public string Name => Node.Name;

    /// <summary>The string after the name: a resource's type with its version, or a module's path.</summary>
    public string Target => Node.Children.First(child => child.Type == "string").Text.Trim('\'');

    /// <summary>A resource's type without its version.</summary>
    public string ResourceType => Target.Split('@')[0];

    /// <summary>What a resource or module is set to: its object, also inside a loop or a condition.</summary>
    public BicepNode Body => Node.All().First(node => node.Type == "object");

    /// <summary>A decorator, without its at sign.</summary>
    /// <param name="name">As <c>description</c>.</param>
    /// <returns>Its whole text; null when it isn't there.</returns>
    public string? Decorator(string name) =>
        Decorators.Select(one => one.Text).FirstOrDefault(text => text.StartsWith($"@{name}(", StringComparison.Ordinal));
}
