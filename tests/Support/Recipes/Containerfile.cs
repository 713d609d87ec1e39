namespace SshFunctions.Support.Recipes;

/// <summary>A Containerfile as its parser reads it.</summary>
/// <param name="Faults">What its format forbids; none in a good file.</param>
/// <param name="Instructions">In the order they are written.</param>
public sealed record Containerfile(IReadOnlyList<RecipeFault> Faults, IReadOnlyList<ContainerInstruction> Instructions)
{
    /// <summary>The arguments of the last instruction of a kind, which is the one that counts.</summary>
    /// <param name="keyword">In capitals.</param>
    public string Last(string keyword) => Instructions.Last(one => one.Keyword == keyword).Arguments;
}
