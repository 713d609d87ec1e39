namespace SshFunctions.Support.Files;

/// <summary>A new empty folder that only its owner can read; disposing it removes it with all that is in it.</summary>
public sealed class TemporaryFolder : IDisposable
{
    /// <summary>Makes the folder.</summary>
    public TemporaryFolder() => Path = Directory.CreateTempSubdirectory("sshfn-").FullName;

    /// <summary>Its absolute path.</summary>
    public string Path { get; }

    /// <summary>The path of something in it.</summary>
    /// <param name="name">A relative path.</param>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Writes a text file that only its owner can read, as ssh demands of private keys.</summary>
    /// <param name="name">A relative path.</param>
    /// <param name="text">Its content.</param>
    /// <returns>The absolute path.</returns>
    public string Write(string name, string text) => Write(name, System.Text.Encoding.UTF8.GetBytes(text));

    /// <summary>Writes a file that only its owner can read.</summary>
    /// <param name="name">A relative path.</param>
    /// <param name="bytes">Its content.</param>
    /// <returns>The absolute path.</returns>
    public string Write(string name, byte[] bytes)
    {
        string path = this[name];
        File.WriteAllBytes(path, bytes);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return path;
    }

    /// <summary>Removes the folder.</summary>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
