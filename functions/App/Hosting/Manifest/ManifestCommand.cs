using SshFunctions.Core;

namespace SshFunctions.App.Hosting.Manifest;

/// <summary><c>sshfn-broker manifest DIR</c>: tells the Functions host, by files, what the broker serves.</summary>
internal static class ManifestCommand
{
    private const int Failure = 1;
    private const int Usage = 2;

    /// <summary>Writes the files.</summary>
    /// <param name="args">What follows the command's name.</param>
    /// <returns>0; 1 when the directory can't be written or holds something else; 2 for wrong arguments.</returns>
    public static int Run(string[] args)
    {
        if (args is not [{ Length: > 0 } directory] || directory.StartsWith('-'))
            return Refuse(new Refusal.Invalid(null, "manifest takes one directory", "sshfn-broker manifest DIR"), Usage);
        try
        {
            if (!ManifestWriter.Write(directory, FunctionManifest.All).Try(out _, out Refusal? refusal)) return Refuse(refusal, Failure);
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException)
        {
            return Refuse(new Refusal.Invalid(null, unusable.Message, "check the directory and its owner"), Failure);
        }

        Console.Out.WriteLine($"{FunctionManifest.All.Length} functions in {directory}");
        return 0;
    }

    private static int Refuse(Refusal refusal, int exitCode)
    {
        Console.Error.WriteLine($"sshfn-broker: error: {refusal.Detail}");
        if (refusal.Fix is { } fix) Console.Error.WriteLine($"sshfn-broker: hint: {fix}");
        return exitCode;
    }
}
