using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Host.Enroll;

/// <summary>Makes this machine a host no more: what enrolling replaced is put back to the byte. Live sessions go on.</summary>
internal sealed class Unenrollment(HostFolders folders, UndoStore store)
{
    /// <summary>Undoes it.</summary>
    /// <param name="reload">How sshd is told; null as it was decided when the host was enrolled.</param>
    /// <param name="force">Whether changes that somebody made since are lost.</param>
    /// <param name="cancellationToken">Ends the wait for the broker.</param>
    /// <returns>What became of sshd and of the broker's record, for people.</returns>
    internal async Task<(string Sshd, string Broker)> RunAsync(ReloadWay? reload, bool force, CancellationToken cancellationToken)
    {
        UndoRecord? record = store.Find();
        if (record is null && !SystemFolder.Exists(folders.Folder))
            throw new CommandFailedException(ExitCode.NotFound, $"this machine is no host: there is no {folders.Folder}", "--folder names another one");
        string sshd = record is null ? "sshd was not told: nothing of it was changed" : Restore(reload is { } way ? record with { Reload = way } : record, force);
        string broker = await ForgetAsync(cancellationToken);
        if (record is null || (reload ?? record.Reload) != ReloadWay.None)
        {
            await AgentEnd.WaitAsync(folders, cancellationToken);
            HostFolderContent.Remove(folders);
            return (sshd, broker);
        }

        // A running sshd still reads the KRL there, and refuses everybody without it.
        HostFolderContent.RemoveTunnel(folders);
        Files.Delete(folders.Token);
        Files.DeleteFolder(folders.Backup);
        return ($"{sshd}: once it is, sshfn host unenroll removes {folders.Folder} too", broker);
    }

    private string Restore(UndoRecord record, bool force)
    {
        Restoration restoration = new(store, record);
        if (!force)
            restoration.RequireOurs();
        SystemPaths paths = new(record.SshdConfig, record.SshdConfig);
        string main = SystemChange.Text(store.OriginalOf(record, record.SshdConfig)) ?? "";
        using (ConfigStage stage = new())
        {
            if (!force && new Sshd(record.Sshd).Complaint(stage.Prepare(paths, main, dropIn: null)) is { } complaint)
                throw new CommandFailedException(ExitCode.Failed, $"sshd would not take its old configuration: {complaint}", "mend it, or restore it all the same with --force");
        }

        return restoration.Run();
    }

    private async Task<string> ForgetAsync(CancellationToken cancellationToken)
    {
        const string Unknown = "the broker was not told: this machine has no token of a host";
        try
        {
            if (!Files.Exists(folders.Settings) || !Files.Exists(folders.Token))
                return Unknown;
            HostSettings settings = HostFiles.ReadSettings(folders);
            Uri broker = BrokerAddress.Parse(settings.Broker);
            return HostIdentity.Find(folders, broker) is { } identity ? await identity.ForgetAsync(broker, settings.CaFile, cancellationToken) : Unknown;
        }
        catch (CommandFailedException)
        {
            // Damaged files are a reason to take them away, not to keep them.
            return Unknown;
        }
    }
}
