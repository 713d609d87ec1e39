using SshFunctions.Core;

namespace SshFunctions.App.Hosting.Settings;

/// <summary>Reads a secret that a configuration names: from a file that only its owner reads, or from an environment variable.</summary>
/// <remarks>A variable is what a function app has: a setting that refers to Key Vault.</remarks>
internal static class SecretText
{
    private const int MaximumBytes = 8 * 1024;
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Reads a file.</summary>
    /// <param name="field">The member that names it.</param>
    /// <param name="path">The file.</param>
    public static Result<string> FromFile(string field, string path)
    {
        if (path.Length == 0)
            return new Refusal.Invalid(field, $"{field} is empty", "name the file, or leave the member out");
        if (path.Contains('\0', StringComparison.Ordinal))
            return new Refusal.Invalid(field, $"{field} holds the character U+0000, which no path can", "write the path without it");
        try
        {
            if ((File.GetUnixFileMode(path) & Others) != 0)
                return new Refusal.Invalid(field, $"{field} {path} can be read by other users", $"chmod 600 {path}, and replace the secret if others may have read it");
            return new FileInfo(path).Length is > 0 and <= MaximumBytes
                ? File.ReadAllText(path).Trim()
                : new Refusal.Invalid(field, $"{field} {path} holds no secret", "put the secret there and nothing else");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return new Refusal.Invalid(field, $"{field} {path} can't be read", "check that it exists and that the broker's user may read it");
        }
    }

    /// <summary>Reads a variable.</summary>
    /// <param name="field">The member that names it.</param>
    /// <param name="name">The variable.</param>
    public static Result<string> FromVariable(string field, string name) =>
        Environment.GetEnvironmentVariable(name)?.Trim() is { Length: > 0 } text
            ? text
            : new Refusal.Invalid(field, $"{field}: there is no environment variable {name}, or it is empty", "set it, or name a file");

    /// <summary>Reads whichever of the two is named; an empty text when neither is.</summary>
    public static Result<string> Read(string field, string? path, string? variable) => (path, variable) switch
    {
        (null, null) => "",
        ({ } file, null) => FromFile(field + "File", file),
        (null, { } name) => FromVariable(field + "Variable", name),
        _ => new Refusal.Invalid(field + "File", $"{field}File and {field}Variable are both given", "leave one of them out"),
    };
}
