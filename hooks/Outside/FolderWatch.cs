namespace SshFunctions.Hooks.Outside;

/// <summary>Tells at once when a file appears in a folder; where the kernel gives no watch, it never tells, and its owner looks by itself.</summary>
internal sealed class FolderWatch : IDisposable
{
    private readonly FileSystemWatcher? _watcher;

    internal FolderWatch(string folder, Action changed)
    {
        try
        {
            _watcher = new FileSystemWatcher(folder) { NotifyFilter = NotifyFilters.FileName };
            _watcher.Created += (_, _) => changed();
            _watcher.Renamed += (_, _) => changed();
            _watcher.EnableRaisingEvents = true;
        }
        catch (IOException)
        {
            // The limit of inotify(7) is reached.
            _watcher?.Dispose();
            _watcher = null;
        }
    }

    public void Dispose() => _watcher?.Dispose();
}
