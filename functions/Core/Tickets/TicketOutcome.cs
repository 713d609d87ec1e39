using SshFunctions.Core.Access;

namespace SshFunctions.Core.Tickets;

/// <summary>What became of a ticket.</summary>
/// <param name="Event"><c>opened</c>, <c>closed</c> or <c>ignored</c>.</param>
/// <param name="Request">The access request; null when it is about none.</param>
public sealed record TicketOutcome(string Event, AccessRequest? Request);
