using SshFunctions.Core.Journal;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Rotation;

namespace SshFunctions.Core.Tests.Rotation;

public sealed class OwnerRemindersTests
{
    [Fact(Timeout = 60_000)]
    public async Task Tells_once_for_each_threshold_that_a_key_expires_which_counts_no_more_then_and_can_be_replaced_before()
    {
        await using var broker = new Broker();
        var reminders = new OwnerReminders(broker.Store, broker.Keys, broker.Tokens, broker.Journal, broker.Clock);
        Broker.Must(await broker.Keys.RegisterAsync(Broker.Alice, Holder.Of(Broker.Alice.Subject), "laptop", broker.ClientKey, broker.Now.AddDays(30), default));

        var told = new List<int>();
        for (int hour = 0; hour < 31 * 24; hour += 6)
        {
            told.Add(await reminders.RemindAsync(default));
            broker.Clock.Advance(TimeSpan.FromHours(6));
        }

        Assert.Equal(3, told.Sum());
        Assert.Equal([14, 3, 1], (await broker.EventsAsync<JournalEvent.KeyExpiring>()).Select(reminder => reminder.Days));
        Assert.Null(await broker.Keys.FindInForceAsync(broker.ClientKey.Fingerprint, default));
    }
}
