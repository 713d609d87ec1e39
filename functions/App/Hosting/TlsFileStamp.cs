using SshFunctions.App.Hosting.Settings;

namespace SshFunctions.App.Hosting;

/// <summary>What tells that the TLS files were replaced: path, size and time of both, behind symbolic links.</summary>
/// <param name="Certificate">Of the certificate.</param>
/// <param name="Key">Of the key.</param>
internal sealed record TlsFileStamp(TlsFileStamp.OneFile Certificate, TlsFileStamp.OneFile Key)
{
    /// <exception cref="IOException">A file is not there.</exception>
    public static TlsFileStamp Of(TlsFiles files) => new(OneFile.Of(files.Certificate), OneFile.Of(files.Key));

    /// <summary>One file's.</summary>
    /// <param name="Path">Behind links: renewers and orchestrators often swap a link.</param>
    /// <param name="Length">In bytes.</param>
    /// <param name="Written">UTC.</param>
    internal sealed record OneFile(string Path, long Length, DateTime Written)
    {
        public static OneFile Of(string path)
        {
            var file = (FileInfo?)new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true) ?? new FileInfo(path);
            return new OneFile(file.FullName, file.Length, file.LastWriteTimeUtc);
        }
    }
}
