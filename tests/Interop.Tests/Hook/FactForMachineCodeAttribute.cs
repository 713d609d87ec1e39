using SshFunctions.Support.Programs;

namespace SshFunctions.Interop.Tests.Hook;

/// <summary>A fact about the published sshfn: a build for debugging starts a runtime first, which opens a socket for debuggers.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FactForMachineCodeAttribute : FactAttribute
{
    public FactForMachineCodeAttribute()
    {
        if (!ProductProgram.Sshfn.IsAheadOfTime)
            Skip = $"{ProductProgram.Sshfn.Path} is a build for debugging: bash infra/publish.sh makes the one that users have";
    }
}
