using SshFunctions.App.Hosting.Manifest;
using SshFunctions.Core;

namespace SshFunctions.App.Commands;

/// <summary><c>sshfn-broker manifest DIR</c>: tells the Functions host, by files, what the broker serves.</summary>
internal static class ManifestCommand
{
    /// <summary>Writes the files.</summary>
    /// <param name="args">What follows the command's name.</param>
    /// <returns>0; 1 when the directory can't be written or holds something else; 2 for wrong arguments.</returns>
    public static int Run(string[] args)
    {
        if (args is not [{ Length: > 0 } directory] || directory.StartsWith('-'))
            return ErrorText.Write(new Refusal.Invalid(null, "manifest takes one directory", "sshfn-broker manifest DIR"), ExitCode.Usage);
        try
        {
            if (!ManifestWriter.Write(directory, FunctionManifest.All).Try(out _, out Refusal? refusal)) return ErrorText.Write(refusal, ExitCode.Failure);
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException)
        {
            return ErrorText.Write(new Refusal.Invalid(null, unusable.Message, "check the directory and its owner"), ExitCode.Failure);
        }

        Console.Out.WriteLine($"{FunctionManifest.All.Length} functions in {directory}");
        return ExitCode.Success;
    }
}
