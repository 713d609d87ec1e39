using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Host;

/// <summary>sshd's AuthorizedPrincipalsCommand: no network, no file, and nothing but the lines on standard output.</summary>
internal static class PrincipalsHook
{
    internal const string SingleUse = "--single-use";

    /// <summary>Runs it.</summary>
    /// <param name="arguments"><see cref="SingleUse"/> or not, the host's resource, <c>%u</c> and <c>%k</c>.</param>
    /// <returns><see cref="ExitCode.Done"/>; <see cref="ExitCode.Failed"/> on any doubt, which sshd takes for a refusal.</returns>
    internal static int Run(ReadOnlySpan<string> arguments)
    {
        bool takesSingleUse = arguments is [SingleUse, ..];
        if (takesSingleUse)
            arguments = arguments[1..];
        if (arguments is not [var resource, var login, var certificate]
            || AcceptedPrincipals.LinesFor(resource, login, certificate, takesSingleUse) is not { } lines)
            return ExitCode.Failed;
        Terminal.Raw(lines);
        return ExitCode.Done;
    }
}
