using SshFunctions.Core.Tickets;

namespace SshFunctions.Core.Tests.Tickets;

public sealed class TicketBindingTests
{
    private static readonly TicketFields Fields = new("open", "OPS-7", "alice", "acme/production/web", "4h", "Look into orders");

    [Fact]
    public void Takes_out_of_a_title_what_nobody_sees_and_keeps_the_ticket()
    {
        Ticket.Open opened = Open(Fields with { Reason = "Fix\u202e orders\u2028now \U0001f468\u200d\U0001f469" });

        Assert.Equal("Fix orders now \U0001f468\U0001f469", opened.Order.Reason);
        Assert.Null(opened.Order.FindFault());
    }

    [Fact]
    public void Takes_an_address_without_the_blanks_around_it_and_none_for_an_empty_one()
    {
        Assert.Equal("https://tickets.example.com/7", Open(Fields with { Url = " https://tickets.example.com/7\n" }).Order.Ticket!.Url);
        Assert.Null(Open(Fields with { Url = " " }).Order.Ticket!.Url);
    }

    private static Ticket.Open Open(TicketFields fields) => Assert.IsType<Ticket.Open>(Broker.Must(new TicketBinding("jira", fields).Bind()));
}
