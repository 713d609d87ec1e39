namespace SshFunctions.App.Hosting;

/// <summary>Hands the bootstrap token to the operator: in a file that only its owner reads, because a log is read by many.</summary>
internal static class BootstrapTokenFile
{
    private const string Name = "bootstrap-token";

    /// <summary>Writes the token.</summary>
    /// <returns>The file's path.</returns>
    public static string Write(string folder, string token)
    {
        string path = Path.Combine(folder, Name);
        File.Delete(path);
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        using var writer = new StreamWriter(path, options);
        writer.WriteLine(token);
        return path;
    }
}
