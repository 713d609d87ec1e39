using SshFunctions.Api;
using SshFunctions.Core.Tickets;

namespace SshFunctions.App.Http.Contract;

/// <summary>What became of a ticket, as the API writes it.</summary>
internal static class TicketContract
{
    public static TicketResponse Of(TicketOutcome outcome) =>
        new(outcome.Event, outcome.Request?.Id.ToString(), outcome.Request?.State.ToString().ToLowerInvariant());
}
