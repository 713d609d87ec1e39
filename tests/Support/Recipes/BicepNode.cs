namespace SshFunctions.Support.Recipes;

/// <summary>A piece of Bicep as tree-sitter's grammar names it.</summary>
/// <param name="Type">As <c>resource_declaration</c> or <c>object_property</c>.</param>
/// <param name="Field">What it is to its parent, as <c>function</c>; null when the grammar doesn't say.</param>
/// <param name="Line">Its first line, from 1.</param>
/// <param name="Text">All of it.</param>
/// <param name="Children">Its pieces, in the order they are written.</param>
public sealed record BicepNode(string Type, string? Field, int Line, string Text, IReadOnlyList<BicepNode> Children)
{
    /// <summary>The name that a declaration, a property or a call begins with; of a quoted one, the text between the quotes.</summary>
    public string Name => Children.First(child => child.Type != "comment").Text.Trim('\'');

    /// <summary>What a property or a variable is set to.</summary>
    public BicepNode Value => Children.Last(child => child.Type != "comment");

    /// <summary>The properties of an object; none of anything else.</summary>
    public IEnumerable<BicepNode> Properties => Type == "object" ? Children.Where(child => child.Type == "object_property") : [];

    /// <summary>This and everything in it, from the outside to the inside.</summary>
    public IEnumerable<BicepNode> All() => Children.SelectMany(child => child.All()).Prepend(this);

    /// <summary>The value of a property of this object, by its way from here.</summary>
    /// <param name="way">Names, each of a property of the one before.</param>
    /// <returns>The value; null when there is none.</returns>
    public BicepNode? Get(params ReadOnlySpan<string> way)
    {
        BicepNode? node = this;
        foreach (string name in way)
            node = node?.Properties.FirstOrDefault(property => property.Name == name)?.Value;
        return node;
    }
}
