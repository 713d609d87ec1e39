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
        catch (CommandFailedException failure)
        {
            return Report(failure);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Report(new CommandFailedException(ExitCode.Failed, error.Message));
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
