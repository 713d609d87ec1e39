using System.ComponentModel;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks;

/// <summary>The outermost rim: turns failures into lines on standard error and an exit code.</summary>
internal static class Rim
{
    /// <summary>Runs a command.</summary>
    /// <param name="action">The command.</param>
    /// <param name="cancellationToken">Tells that its user ended it: then there is nothing to say.</param>
    internal static async Task<int> RunAsync(Func<Task<int>> action, CancellationToken cancellationToken)
    {
        try
        {
            return await action();
        }
        catch (Exception error)
        {
            return FailureOf(error, cancellationToken) is { } failure ? Report(failure) : ExitCode.Failed;
        }
    }

    /// <summary>What to say of an exception; null for nothing, where the command's own user ended it.</summary>
    internal static CommandFailedException? FailureOf(Exception error, CancellationToken cancellationToken) => error switch
    {
        OperationCanceledException when cancellationToken.IsCancellationRequested => null,
        OperationCanceledException => new(ExitCode.Failed, "something took too long, and sshfn gave it up", "try again; sshfn doctor tells what does not answer"),
        CommandFailedException failure => failure,
        _ when error.GetBaseException() is LockHeldException held => new(ExitCode.Failed, held.Message, held.Hint),
        _ when error.GetBaseException() is IOException or UnauthorizedAccessException or Win32Exception => new(ExitCode.Failed, error.GetBaseException().Message),
        // Not its message, which may quote a secret; and no abort, which leaves a core file with the token in it.
        _ => new(ExitCode.Failed, $"sshfn has a defect: {error.GetType().Name} {error.StackTrace?.Split('\n')[0].Trim()}", "report it with what you did, please"),
    };

    internal static int Report(CommandFailedException failure)
    {
        Terminal.Error(failure.Message);
        if (failure.Hint is { } hint)
            Terminal.Hint(hint);
        return failure.ExitCode;
    }
}
