using SshFunctions.Core.Access;

namespace SshFunctions.Core.Tickets;

/// <summary>What a ticket system wants.</summary>
public abstract record Ticket
{
    private Ticket()
    {
    }

    /// <summary>Access.</summary>
    /// <param name="Order">Which.</param>
    public sealed record Open(AccessRequestOrder Order) : Ticket;

    /// <summary>An end of the access that a ticket opened.</summary>
    /// <param name="Reference">The ticket.</param>
    /// <param name="Reason">Why.</param>
    public sealed record Close(TicketReference Reference, string Reason) : Ticket;

    /// <summary>Nothing.</summary>
    public sealed record Ignore : Ticket;
}
