using System.CommandLine;
using SshFunctions.Core.Journal;
using SshFunctions.Hooks.Commands.Journal;

namespace SshFunctions.Hooks.Tests.Commands;

public sealed class ListJournalCommandTests
{
    [Fact]
    public void The_help_names_every_kind_of_event_that_the_journal_has()
    {
        Option option = Assert.Single(new ListJournalCommand().Options, option => option.Name == "--event");
        string[] named = option.Description!.Split(": ")[1].Split(' ');
        Assert.Equal(JournalEvent.AllKinds, named.Order(StringComparer.Ordinal));
    }
}
