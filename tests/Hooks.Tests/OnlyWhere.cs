namespace SshFunctions.Hooks.Tests;

/// <summary>Why a fact can't be looked at here; null when it can.</summary>
internal static class OnlyWhere
{
    public static string? IsRoot => Environment.IsPrivilegedProcess ? null : "only root has mount namespaces and other users' files to try it with";

    public static string? IsMachineCode => SshfnProgram.IsAheadOfTime
        ? null
        : $"{SshfnProgram.Executable} is a build for debugging, whose runtime starts with no such limits: bash infra/publish.sh makes the one that users have";
}
