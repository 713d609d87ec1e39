using System.Globalization;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Hook;

/// <summary>The last failed mint of a destination, for the processes that waited for it.</summary>
/// <remarks>Three lines: exit code, error, hint.</remarks>
internal static class SharedFailure
{
    internal static void Write(string path, CommandFailedException failure)
    {
        try
        {
            Files.Write(path, string.Create(CultureInfo.InvariantCulture, $"{failure.ExitCode}\n{OneLine(failure.Message)}\n{OneLine(failure.Hint)}\n"), Files.Private);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Then those who wait ask for themselves; the failure at hand is the one to tell.
        }
    }

    internal static CommandFailedException? Read(string path, DateTimeOffset since)
    {
        if (!Files.Exists(path) || Files.Written(path) < since || Files.Read(path)?.Split('\n') is not [var code, var error, var hint, ..])
            return null;
        bool isNumber = int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out int exitCode);
        return new CommandFailedException(isNumber ? exitCode : ExitCode.Failed, error, hint.Length == 0 ? null : hint);
    }

    private static string OneLine(string? text) => text?.ReplaceLineEndings(" ") ?? "";
}
