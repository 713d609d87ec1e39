namespace SshFunctions.Api;

/// <summary>The ticket that an access request belongs to.</summary>
/// <param name="Source">Which ticket system; <c>manual</c> when a person named the ticket.</param>
/// <param name="Reference">The ticket's name there.</param>
/// <param name="Url">Where people read it; null for nowhere.</param>
public sealed record AccessTicketResponse(string Source, string Reference, string? Url);
