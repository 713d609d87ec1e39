using SshFunctions.Core.Journal;
using SshFunctions.Core.Tickets;

namespace SshFunctions.Core.Tests.Tickets;

public sealed class TicketRefusalsTests
{
    [Fact(Timeout = 60_000)]
    public async Task A_flood_fills_no_journal_and_is_told_of_with_the_next_entry()
    {
        await using var broker = new Broker();
        var refusals = new TicketRefusals(broker.Journal, broker.Clock);
        for (int index = 0; index < 1000; index++) await refusals.RecordAsync("jira", "no", default);
        await refusals.RecordAsync("itsm", "another source has room of its own", default);
        Assert.Equal(11, (await broker.EventsAsync<JournalEvent.TicketRefused>()).Length);

        broker.Clock.Advance(TimeSpan.FromMinutes(1));
        await refusals.RecordAsync("jira", "again", default);
        await refusals.RecordAsync("jira", "counted", default);
        Assert.Equal(new JournalEvent.TicketRefused("jira", "again", 990), (await broker.EventsAsync<JournalEvent.TicketRefused>())[^1]);
        broker.Clock.Advance(TimeSpan.FromMinutes(1));
        await refusals.RecordAsync("jira", "once more", default);
        Assert.Equal(new JournalEvent.TicketRefused("jira", "once more", 1), (await broker.EventsAsync<JournalEvent.TicketRefused>())[^1]);
    }
}
