using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Host.Enroll;

/// <summary>Puts back what enrolling replaced, in the opposite order, also after one that was killed.</summary>
internal sealed class Restoration(UndoStore store, UndoRecord record)
{
    /// <summary>Refuses to lose what somebody else wrote into one of the files since.</summary>
    internal void RequireOurs()
    {
        foreach (UndoFile file in record.Files)
        {
            SystemFile? found = SystemFile.Read(file.Path);
            if (found?.Hash == file.Original || (found is not null && file.Written.Contains(found.Hash)))
                continue;
            Terminal.Raw(SystemChange.Diff(file.Path, store.Original(file), found));
            throw new CommandFailedException(
                ExitCode.Conflict, $"{file.Path} is not what sshfn wrote there: somebody changed it since",
                "above is how it differs from the file of before; --force puts that one back, and the changes are lost");
        }
    }

    /// <summary>Puts everything back and tells sshd in between.</summary>
    /// <returns>What became of sshd, for people.</returns>
    internal string Run()
    {
        foreach (UndoFile file in record.Files.Reverse().Where(file => !file.AfterReload))
            Restore(file);
        if (record.CreatedFolder is { } folder)
            SystemFolder.RemoveEmpty(folder);
        string said = SshdReload.Run(record.Reload, record.PidFile, record.Sshd, record.SshdConfig);
        foreach (UndoFile file in record.Files.Reverse().Where(file => file.AfterReload))
            Restore(file);
        return said;
    }

    private void Restore(UndoFile file)
    {
        SystemFile.Tidy(file.Path);
        SystemFile? original = store.Original(file);
        if (SystemFile.Read(file.Path) is var found && (found?.Hash != original?.Hash || found?.Mode != original?.Mode || found?.User != original?.User))
            SystemFile.Put(file.Path, original);
    }
}
