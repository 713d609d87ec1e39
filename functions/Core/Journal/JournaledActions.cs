using SshFunctions.Core.Callers;

namespace SshFunctions.Core.Journal;

/// <summary>The order of every change that is not a mint: recorded first, done then, and taken back in the journal when it failed.</summary>
internal static class JournaledActions
{
    public static Task<Result<T>> RunAsync<T>(
        this JournalWriter journal,
        Caller caller,
        JournalEvent intent,
        Func<Task<Result<T>>> act,
        CancellationToken cancellationToken)
        where T : notnull =>
        journal.RunAsync(caller, intent, _ => act(), cancellationToken);

    /// <summary>The same for an act that names the entry which recorded it.</summary>
    public static async Task<Result<T>> RunAsync<T>(
        this JournalWriter journal,
        Caller caller,
        JournalEvent intent,
        Func<JournalEntry, Task<Result<T>>> act,
        CancellationToken cancellationToken)
        where T : notnull
    {
        JournalEntry entry = await journal.AppendAsync(caller, intent, cancellationToken);
        bool finished = false;
        try
        {
            Result<T> result = await act(entry);
            finished = true;
            if (!result.Succeeded) await TakeBackAsync(journal, caller, entry, result.Refusal.Detail);
            return result;
        }
        finally
        {
            // A failed act is recorded too where that can still be done; when the store is away it can't, and the intent stands.
            if (!finished) await TryTakeBackAsync(journal, caller, entry);
        }
    }

    private static async Task TryTakeBackAsync(JournalWriter journal, Caller caller, JournalEntry entry)
    {
        try
        {
            await TakeBackAsync(journal, caller, entry, "the outcome is unknown");
        }
        catch (Ports.StoreUnavailableException)
        {
            // The first exception tells the caller; this one would only hide it.
        }
    }

    private static Task<JournalEntry> TakeBackAsync(JournalWriter journal, Caller caller, JournalEntry entry, string reason) =>
        journal.AppendAsync(caller, new JournalEvent.ActionFailed(entry.Position.Serial, reason), CancellationToken.None);
}
