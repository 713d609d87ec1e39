using SshFunctions.Core;

namespace SshFunctions.App.Hosting.Manifest;

/// <summary>Writes the manifest into the folder of a function app, beside what else lies there.</summary>
internal static class ManifestWriter
{
    /// <summary>Makes the folder hold exactly the given functions, of those that were ever written here.</summary>
    /// <returns><see cref="Refusal.Conflict"/>, before anything is written, when a function's folder holds something else.</returns>
    public static Result<Done> Write(string directory, IReadOnlyList<FunctionFolder> functions)
    {
        Directory.CreateDirectory(directory);
        foreach (FunctionFolder function in functions)
        {
            string folder = Path.Combine(directory, function.Name);
            if (File.Exists(folder) || (Directory.Exists(folder) && !IsOurs(folder)))
                return new Refusal.Conflict($"{folder} holds something that this command did not write", "remove it, or name another directory");
        }

        foreach (FunctionFolder function in functions) Write(directory, function);
        HashSet<string> kept = [.. functions.Select(function => function.Name)];
        foreach (string folder in Directory.GetDirectories(directory).Where(folder => !kept.Contains(Path.GetFileName(folder))))
        {
            if (File.Exists(Path.Combine(folder, FunctionFolder.FileName)) && IsOurs(folder)) Directory.Delete(folder, recursive: true);
        }

        return Done.Instance;
    }

    private static void Write(string directory, FunctionFolder function)
    {
        string file = Path.Combine(Directory.CreateDirectory(Path.Combine(directory, function.Name)).FullName, FunctionFolder.FileName);
        // The host restarts its functions whenever one of these files is written.
        if (!File.Exists(file) || File.ReadAllText(file) != function.Json) File.WriteAllText(file, function.Json);
    }

    private static bool IsOurs(string folder) => Directory.EnumerateFileSystemEntries(folder)
        .All(entry => Path.GetFileName(entry) == FunctionFolder.FileName && File.Exists(entry) && FunctionFolder.IsOurs(File.ReadAllBytes(entry)));
}
