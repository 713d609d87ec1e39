using System.Globalization;
using System.Text.Json;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Host.Enroll;

/// <summary>Keeps what was there before, in the host's own folder, until it is put back.</summary>
internal sealed class UndoStore(HostFolders folders)
{
    private string RecordFile => folders.Backup + "/record.json";

    /// <summary>The record; null where nothing was ever enrolled.</summary>
    internal UndoRecord? Find()
    {
        if (Files.Read(RecordFile) is not { } text)
            return null;
        try
        {
            return JsonSerializer.Deserialize(text, UndoJson.Default.UndoRecord);
        }
        catch (JsonException)
        {
            throw new CommandFailedException(ExitCode.Failed, $"{RecordFile} is damaged", $"what sshfn replaced lies beside it; put it back by hand, then remove {folders.Folder}");
        }
    }

    /// <summary>What was at a path before sshfn came: the copy, or what is there now.</summary>
    internal SystemFile? OriginalOf(UndoRecord? record, string path) =>
        record?.Files.FirstOrDefault(file => file.Path == path) is { } known ? Original(known) : SystemFile.Read(path);

    /// <summary>What was there.</summary>
    internal SystemFile? Original(UndoFile file)
    {
        if (file.Backup is null)
            return null;
        byte[] content = Files.ReadBytes($"{folders.Backup}/{file.Backup}");
        return SystemFile.HashOf(content) == file.Original
            ? new(content, (UnixFileMode)file.Mode, file.User, file.Group)
            : throw new CommandFailedException(ExitCode.Failed, $"{folders.Backup}/{file.Backup} is not what was put there", $"restore {file.Path} by hand");
    }

    /// <summary>Copies what is going to be replaced, then writes down how to put it back; on disk when this returns.</summary>
    internal UndoRecord Begin(UndoRecord? earlier, UndoRecord template, IReadOnlyList<SystemChange> changes, string? afterReload)
    {
        Files.CreateFolder(folders.Backup);
        List<UndoFile> files = [];
        foreach (SystemChange change in changes)
            files.Add(Keep(change, files.Count, earlier?.Files.FirstOrDefault(file => file.Path == change.Path), change.Path == afterReload));
        // Files of an earlier enrollment that this one leaves alone are put back by it, and must stay known until then.
        UndoRecord record = template with { IsComplete = false, Files = files };
        Write(record);
        return record;
    }

    /// <summary>Says that all of it is in force.</summary>
    internal void Complete(UndoRecord record) => Write(record with { IsComplete = true });

    private UndoFile Keep(SystemChange change, int number, UndoFile? earlier, bool afterReload)
    {
        string? backup = change.Original is null ? null : string.Create(CultureInfo.InvariantCulture, $"{number}-{Path.GetFileName(change.Path)}");
        if (change.Original is { } original)
            Files.Write($"{folders.Backup}/{backup}", original.Content, Files.Private);
        IEnumerable<string> written = [.. earlier?.Written ?? [], .. change.After is { } after ? new[] { after.Hash } : []];
        return new UndoFile(
            change.Path, change.Original?.Hash, backup, (int)(change.Original?.Mode ?? 0), change.Original?.User ?? 0, change.Original?.Group ?? 0,
            [.. written.Distinct()], afterReload || earlier?.AfterReload == true);
    }

    private void Write(UndoRecord record) =>
        SystemFile.Put(RecordFile, new(
            [.. JsonSerializer.SerializeToUtf8Bytes(record, UndoJson.Default.UndoRecord), (byte)'\n'], Files.Private, 0, 0));
}
