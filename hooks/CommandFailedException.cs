namespace SshFunctions.Hooks;

/// <summary>A command can't go on: the text for the user and the exit code.</summary>
/// <remarks>
/// An exception and not a result value: a command is a straight line whose every step may end it, and both ends are the one rim in
/// <see cref="Rim"/>. Elsewhere it is caught only where a failure is an
/// answer: by the certificate hook, which may have an older certificate to fall back on, by doctor, and by what looks for a thing that may be absent.
/// </remarks>
internal sealed class CommandFailedException(int exitCode, string error, string? hint = null) : Exception(error)
{
    internal int ExitCode { get; } = exitCode;

    /// <summary>What to do about it; null when there is nothing to say.</summary>
    internal string? Hint { get; } = hint;
}
