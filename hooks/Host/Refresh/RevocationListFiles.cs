using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Host.Refresh;

/// <summary>The KRL that sshd reads, a copy of it, and their signature. At every moment one of the two belongs to the signature.</summary>
/// <remarks>
/// sshd reads the file at every login and denies everybody when it is missing or garbage, but takes an empty one for "nothing is revoked".
/// So a damaged file is restored from the copy at once; one that is empty and can't be restored is taken away. Source: facts of sshd 9.2.
/// </remarks>
internal sealed class RevocationListFiles(HostAgent agent)
{
    private readonly Lock _gate = new();
    private FileStamp? _verified;

    /// <summary>What is in force; null while there is nothing that can be trusted.</summary>
    internal HeldRevocationList? Held { get; private set; }

    /// <summary>Makes sure that sshd reads what was verified; looks at the content only when the file changed.</summary>
    internal void Restore()
    {
        if (agent.IsOver)
            return;
        lock (_gate)
        {
            FileStamp? stamp = FileStamp.Of(agent.Folders.RevocationList);
            if (Held is not null && stamp is not null && stamp == _verified)
                return;
            byte[] found = Read(agent.Folders.RevocationList);
            if (Held is null)
                Load(found);
            if (Held is not null && found.AsSpan().SequenceEqual(Held.Content))
                _verified = stamp;
            else
                Repair(found);
        }
    }

    /// <summary>Puts a list into force: copy, signature, then the file itself, each in one step.</summary>
    internal void Install(HeldRevocationList list)
    {
        lock (_gate)
        {
            Files.Write(agent.Folders.RevocationListCopy, list.Content, Files.Readable);
            Files.Write(agent.Folders.RevocationListSignature, list.Signature, Files.Readable);
            WriteOut(list);
        }
    }

    private void WriteOut(HeldRevocationList list)
    {
        Files.Write(agent.Folders.RevocationList, list.Content, Files.Readable);
        Held = list;
        _verified = FileStamp.Of(agent.Folders.RevocationList);
    }

    private void Load(byte[] found)
    {
        byte[] signature = Read(agent.Folders.RevocationListSignature);
        Held = Verify(found, signature) ?? Verify(Read(agent.Folders.RevocationListCopy), signature);
        if (Held is not null && !Files.Exists(agent.Folders.RevocationListCopy))
            Files.Write(agent.Folders.RevocationListCopy, Held.Content, Files.Readable);
    }

    private HeldRevocationList? Verify(byte[] content, byte[] signature) =>
        HeldRevocationList.Verify(content, signature, agent.Trust, agent.State.RevocationListVersion, out _);

    private void Repair(byte[] found)
    {
        string what = found.Length == 0 ? "empty or missing" : "not what the broker signed";
        if (Held is { } held)
            WriteOut(held);
        else if (found.Length == 0)
            Files.Delete(agent.Folders.RevocationList);
        agent.Raise(AlarmKind.RevocationList, $"{agent.Folders.RevocationList} was {what}; {(Held is null ? "there is no copy that could be trusted" : "it was restored")}");
    }

    private static byte[] Read(string path)
    {
        try
        {
            return Files.Exists(path) ? Files.ReadBytes(path) : [];
        }
        catch (FileNotFoundException)
        {
            return [];
        }
    }
}
