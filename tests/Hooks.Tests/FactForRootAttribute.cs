namespace SshFunctions.Hooks.Tests;

/// <summary>A fact that only root can look at.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FactForRootAttribute : FactAttribute
{
    public FactForRootAttribute() => Skip = OnlyWhere.IsRoot;
}
