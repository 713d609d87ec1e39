using System.ComponentModel;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks;

/// <summary>The outermost rim: turns failures into lines on standard error and an exit code.</summary>
internal static class Rim
{
    internal static async Task<int> RunAsync(Func<Task<int>> action)
    {
        try
        {
            return await action();
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Failed;
        }
        catch (CommandFailedException failure)
        {
            return Report(failure);
        }
        catch (Exception error) when (error.GetBaseException() is IOException or UnauthorizedAccessException or Win32Exception)
        {
            return Report(new CommandFailedException(ExitCode.Failed, error.GetBaseException().Message));
        }
        catch (Exception error)
        {
            // Not its message, which may quote a secret; and no abort, which leaves a core file with the token in it.
            string? place = error.StackTrace?.Split('\n')[0].Trim();
            return Report(new CommandFailedException(ExitCode.Failed, $"sshfn has a defect: {error.GetType().Name} {place}", "report it with what you did, please"));
        }
    }

    internal static int Report(CommandFailedException failure)
    {
        Terminal.Error(failure.Message);
        if (failure.Hint is { } hint)
            Terminal.Hint(hint);
        return failure.ExitCode;
    }
}
