using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Host.Enroll;

/// <summary>Applies a plan; disposed of before that came to its end, it puts this machine and the broker back to what they were.</summary>
/// <param name="store">Where copies lie.</param>
/// <param name="folders">Where the host's files lie.</param>
/// <param name="broker">Whose host it becomes.</param>
/// <param name="earlier">The enrollment in force; null for none.</param>
internal sealed class EnrollmentUndo(UndoStore store, HostFolders folders, Uri broker, UndoRecord? earlier) : IAsyncDisposable
{
    private readonly SystemFile? _settings = SystemFile.Read(folders.Settings);
    private readonly List<(string Path, SystemFile? Before)> _replaced = [];
    private bool _isDone;

    /// <summary>The host that the broker made of this machine, now or in a run that was killed; null when it is one of before.</summary>
    internal HostIdentity? Made { get; set; }

    /// <summary>Replaces the files, judges what is there then, and tells sshd.</summary>
    /// <returns>What became of sshd, for people.</returns>
    internal string Apply(UndoRecord template, IReadOnlyList<SystemChange> changes, string? afterReload, Action judge)
    {
        UndoRecord record = store.Begin(earlier, template, changes, afterReload);
        if (record.CreatedFolder is { } folder)
            SystemFolder.Create(folder);
        foreach (SystemChange change in changes)
        {
            SystemFile? found = SystemFile.Read(change.Path);
            if (found?.Hash == change.After?.Hash)
                continue;
            _replaced.Add((change.Path, found));
            SystemFile.Put(change.Path, change.After);
        }

        judge();
        string said = SshdReload.Run(record.Reload, record.PidFile, record.Sshd, record.SshdConfig);
        store.Complete(record);
        _isDone = true;
        return said;
    }

    public async ValueTask DisposeAsync()
    {
        if (_isDone)
            return;
        foreach ((string path, SystemFile? before) in Enumerable.Reverse(_replaced))
            SystemFile.Put(path, before);
        if (earlier is not null)
        {
            // A new host's settings belong to its new token, and the old token had ended.
            if (Made is null)
                SystemFile.Put(folders.Settings, _settings);
            store.Complete(earlier);
            Terminal.Note("everything is as it was: the host stays enrolled");
            return;
        }

        if (store.Find()?.CreatedFolder is { } folder)
            SystemFolder.RemoveEmpty(folder);
        if (Made is { } host)
            Terminal.Note(await host.ForgetAsync(broker, caFile: null, CancellationToken.None));
        HostFolderContent.Remove(folders);
        Terminal.Note("nothing of it is left on this machine");
    }
}
