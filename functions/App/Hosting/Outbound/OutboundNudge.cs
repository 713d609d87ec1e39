using SshFunctions.Core.Journal;
using SshFunctions.Core.Notifications;
using SshFunctions.Core.Ports;

namespace SshFunctions.App.Hosting.Outbound;

/// <summary>Has the journal looked at as soon as this broker recorded what somebody wants to be told of. A timer finds what this loses.</summary>
internal sealed class OutboundNudge(OutboundProfile profile, Func<IMessageQueue> queue)
{
    private int _pending;

    /// <summary>Takes note of what a writer records.</summary>
    public void Watch(JournalWriter journal)
    {
        if (!profile.Subscriptions.IsEmpty) journal.Appended += (_, entry) => Note(entry);
    }

    private void Note(JournalEntry entry)
    {
        if (profile.Subscriptions.Any(each => each.Subscription.Wants(entry)) && Interlocked.Exchange(ref _pending, 1) == 0)
            _ = Task.Run(SendAsync);
    }

    private async Task SendAsync()
    {
        // Before it is sent: what is recorded from here on needs a message of its own.
        Volatile.Write(ref _pending, 0);
        try
        {
            await queue().SendAsync(NotificationCenter.Queue, NotificationCenter.Nudge, CancellationToken.None);
        }
        catch (StoreUnavailableException)
        {
            // Only a nudge.
        }
        catch (ObjectDisposedException)
        {
            // The broker has stopped.
        }
    }
}
