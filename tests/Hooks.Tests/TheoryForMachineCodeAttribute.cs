namespace SshFunctions.Hooks.Tests;

/// <summary>Rows about the published sshfn.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TheoryForMachineCodeAttribute : TheoryAttribute
{
    public TheoryForMachineCodeAttribute() => Skip = OnlyWhere.IsMachineCode;
}
