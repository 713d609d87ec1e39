using SshFunctions.Core.Callers;
using SshFunctions.Core.Ports;

namespace SshFunctions.Core.Passcodes;

/// <summary>Passcodes in the store.</summary>
/// <remarks>
/// Partition <c>passcodes</c>: row <c>c:HASH</c> is the passcode, row <c>x:EXPIRY:HASH</c> lists it by its end, row <c>u:SUBJECT</c> is
/// the list of a subject. The three change in one commit.
/// </remarks>
internal sealed class PasscodeDocuments(IStore store)
{
    private const string Partition = "passcodes";
    private const string EndPrefix = "x:";
    private const int PruneSize = 15;

    // A passcode stays this long after its end, so that who comes late is told apart in the journal from who guesses.
    private static readonly TimeSpan Afterlife = TimeSpan.FromMinutes(15);

    public ValueTask<Stored<Passcode>?> ReadAsync(string hash, CancellationToken cancellationToken) =>
        store.ReadAsync(KeyOf(hash), CoreJson.Default.Passcode, cancellationToken);

    /// <summary>Writes what became of a passcode; false when somebody else wrote first.</summary>
    public ValueTask<bool> TryReplaceAsync(Stored<Passcode> read, Passcode passcode, CancellationToken cancellationToken) =>
        store.TryPutAsync(new DocumentKey(Partition, read.Row), Json.Encode(passcode, CoreJson.Default.Passcode), read.Version, cancellationToken);

    /// <summary>Those of a subject that could still open something.</summary>
    public async Task<List<PasscodeStub>> FindLiveAsync(Subject subject, DateTimeOffset now, CancellationToken cancellationToken)
    {
        Stored<PasscodeList>? list = await ReadListAsync(subject, cancellationToken);
        return await LiveOfAsync(list, now, cancellationToken);
    }

    /// <summary>Adds a passcode; false when the subject has as many as it may have.</summary>
    /// <exception cref="StoreUnavailableException">The store is away, or the random text was taken.</exception>
    public async Task<bool> TryAddAsync(string hash, Passcode passcode, int most, DateTimeOffset now, CancellationToken cancellationToken)
    {
        while (true)
        {
            Stored<PasscodeList>? list = await ReadListAsync(passcode.Subject, cancellationToken);
            List<PasscodeStub> live = await LiveOfAsync(list, now, cancellationToken);
            if (live.Count >= most) return false;
            live.Add(new PasscodeStub(hash, passcode.Expires));
            CommitResult result = await store.CommitAsync(Partition, [.. AdditionOf(hash, passcode, list, live)], cancellationToken);
            if (result is CommitResult.Committed) return true;
            if (result is CommitResult.Conflicted { ChangeIndex: 0 }) throw new StoreUnavailableException("the random passcode was taken");
        }
    }

    /// <summary>Marks those that could still open something and that a test picks. What is redeemed meanwhile stays redeemed.</summary>
    public async Task RevokeAsync(IEnumerable<PasscodeStub> stubs, Func<Passcode, bool> picks, DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (PasscodeStub stub in stubs)
        {
            while (await ReadAsync(stub.Hash, cancellationToken) is { } read && read.Value.IsLive(now) && picks(read.Value))
            {
                if (await TryReplaceAsync(read, read.Value with { Revoked = true }, cancellationToken)) break;
            }
        }
    }

    /// <summary>Every passcode that has not expired.</summary>
    public async Task<List<PasscodeStub>> ListAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var stubs = new List<PasscodeStub>();
        RowRange range = RowRange.StartingWith(EndPrefix).After(EndPrefix + ExpiringRows.Stamp(now));
        for (RowRange? rest = range; rest is { } asked;)
        {
            DocumentPage page = await store.ListAsync(Partition, asked, cancellationToken);
            stubs.AddRange(page.Documents.Select(document => new PasscodeStub(HashOf(document.Key.Row), DateTimeOffset.MaxValue)));
            rest = page.Next is null ? null : asked.Continue(page.Next);
        }

        return stubs;
    }

    /// <summary>Forgets a few that ended long ago. What another instance forgets at the same time is no loss: the next mint finds what is left.</summary>
    public async Task PruneAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        DocumentPage page = await store.ListAsync(
            Partition, new RowRange(EndPrefix, EndPrefix + ExpiringRows.Stamp(now - Afterlife), PruneSize), cancellationToken);
        var changes = new List<DocumentChange>();
        var subjects = new HashSet<Subject>();
        foreach (StoredDocument end in page.Documents)
        {
            changes.Add(new DocumentChange.Delete(end.Key.Row, end.Version));
            if (await store.GetAsync(KeyOf(HashOf(end.Key.Row)), cancellationToken) is { } passcode)
                changes.Add(new DocumentChange.Delete(passcode.Key.Row, passcode.Version));
            subjects.Add(Json.Decode(end.Body, CoreJson.Default.PasscodeEnd).Subject);
        }

        foreach (Subject subject in subjects)
        {
            if (await ReadListAsync(subject, cancellationToken) is { } list && list.Value.Passcodes.All(stub => stub.Expires <= now))
                changes.Add(new DocumentChange.Delete(list.Row, list.Version));
        }

        if (changes.Count > 0) await store.CommitAsync(Partition, changes, cancellationToken);
    }

    private async Task<List<PasscodeStub>> LiveOfAsync(Stored<PasscodeList>? list, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var live = new List<PasscodeStub>();
        foreach (PasscodeStub stub in list?.Value.Passcodes ?? [])
        {
            if (stub.Expires > now && (await ReadAsync(stub.Hash, cancellationToken))?.Value.IsLive(now) == true) live.Add(stub);
        }

        return live;
    }

    private static IEnumerable<DocumentChange> AdditionOf(string hash, Passcode passcode, Stored<PasscodeList>? list, IEnumerable<PasscodeStub> stubs)
    {
        yield return new DocumentChange.Insert(KeyOf(hash).Row, Json.Encode(passcode, CoreJson.Default.Passcode));
        yield return new DocumentChange.Insert(
            $"{EndPrefix}{ExpiringRows.Stamp(passcode.Expires)}:{hash}", Json.Encode(new PasscodeEnd(passcode.Subject), CoreJson.Default.PasscodeEnd));
        byte[] body = Json.Encode(new PasscodeList([.. stubs]), CoreJson.Default.PasscodeList);
        yield return list is null
            ? new DocumentChange.Insert(ListKeyOf(passcode.Subject).Row, body)
            : new DocumentChange.Replace(list.Row, body, list.Version);
    }

    private ValueTask<Stored<PasscodeList>?> ReadListAsync(Subject subject, CancellationToken cancellationToken) =>
        store.ReadAsync(ListKeyOf(subject), CoreJson.Default.PasscodeList, cancellationToken);

    private static DocumentKey KeyOf(string hash) => new(Partition, "c:" + hash);

    private static DocumentKey ListKeyOf(Subject subject) => new(Partition, "u:" + DocumentKey.ShortSegment(subject.Text));

    private static string HashOf(string endRow) => endRow[(EndPrefix.Length + ExpiringRows.StampLength + 1)..];
}
