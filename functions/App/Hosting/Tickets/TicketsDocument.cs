namespace SshFunctions.App.Hosting.Tickets;

/// <summary>The file of <c>--tickets</c> as it is written.</summary>
/// <param name="Sources">Ticket systems.</param>
internal sealed record TicketsDocument(IReadOnlyList<SourceDocument> Sources);
