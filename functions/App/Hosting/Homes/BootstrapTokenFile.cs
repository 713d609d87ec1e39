using System.Text;

namespace SshFunctions.App.Hosting.Homes;

/// <summary>Hands the bootstrap token to the operator: in a file that only its owner reads, because a log is read by many.</summary>
/// <remarks>
/// The file is made, at its full length, before the token is: a disk that is full or may not be written stops the start then, and not
/// when the token exists and would be lost. It lies beside the last one until it is filled.
/// </remarks>
internal sealed class BootstrapTokenFile : IDisposable
{
    private const string Name = "bootstrap-token";
    private const int RoomBytes = 256;

    private readonly string _path;
    private readonly string _draft;
    private readonly FileStream _file;

    private BootstrapTokenFile(string path, string draft, FileStream file)
    {
        _path = path;
        _draft = draft;
        _file = file;
    }

    /// <summary>Makes room for a token.</summary>
    /// <exception cref="IOException">There is none.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public static BootstrapTokenFile Prepare(string folder)
    {
        string path = Path.Combine(folder, Name);
        if (Directory.Exists(path)) throw new IOException($"{path} is a folder, and the token of the first admin goes there");
        string draft = $"{path}.new";
        File.Delete(draft);
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            BufferSize = 0,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        var prepared = new BootstrapTokenFile(path, draft, new FileStream(draft, options));
        try
        {
            prepared._file.Write(new byte[RoomBytes]);
            prepared._file.Flush(flushToDisk: true);
            return prepared;
        }
        catch (IOException)
        {
            prepared.Dispose();
            throw;
        }
    }

    /// <summary>Writes the token, in place of the last one.</summary>
    /// <returns>The file's path.</returns>
    public string Fill(string token)
    {
        _file.Position = 0;
        _file.Write(Encoding.ASCII.GetBytes($"{token}\n"));
        _file.SetLength(_file.Position);
        _file.Flush(flushToDisk: true);
        File.Move(_draft, _path, overwrite: true);
        return _path;
    }

    /// <summary>Removes what was prepared and not filled.</summary>
    public void Dispose()
    {
        _file.Dispose();
        File.Delete(_draft);
    }
}
