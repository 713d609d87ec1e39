namespace SshFunctions.Api;

/// <summary>What became of a ticket.</summary>
/// <param name="Event"><c>opened</c>, <c>closed</c> or <c>ignored</c>; a ticket that is taken again is told the same again.</param>
/// <param name="Request">The access request; null when it is about none.</param>
/// <param name="State">The request's state: <c>pending</c>, <c>approved</c>, <c>active</c>, <c>denied</c>, <c>expired</c> or <c>closed</c>.</param>
public sealed record TicketResponse(string Event, string? Request, string? State);
