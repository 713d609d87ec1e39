using SshFunctions.Core;

namespace SshFunctions.App.Commands;

/// <summary>Tells people on standard error what was refused and what would fix it.</summary>
internal static class ErrorText
{
    /// <returns>The exit code, for the caller to return.</returns>
    public static int Write(Refusal refusal, int exitCode)
    {
        Console.Error.WriteLine($"sshfn-broker: error: {refusal.Detail}");
        if (refusal.Fix is { } fix) Console.Error.WriteLine($"sshfn-broker: hint: {fix}");
        return exitCode;
    }
}
