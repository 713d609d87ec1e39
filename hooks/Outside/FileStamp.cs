namespace SshFunctions.Hooks.Outside;

/// <summary>By what a changed file is noticed without reading it.</summary>
internal readonly record struct FileStamp(long Length, DateTime Written)
{
    /// <summary>The stamp of a file; null when there is none.</summary>
    internal static FileStamp? Of(string path)
    {
        FileInfo file = new(path);
        return file.Exists ? new FileStamp(file.Length, file.LastWriteTimeUtc) : null;
    }
}
