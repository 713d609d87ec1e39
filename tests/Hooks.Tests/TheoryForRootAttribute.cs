namespace SshFunctions.Hooks.Tests;

/// <summary>Rows that only root can look at.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TheoryForRootAttribute : TheoryAttribute
{
    public TheoryForRootAttribute() => Skip = OnlyWhere.IsRoot;
}
