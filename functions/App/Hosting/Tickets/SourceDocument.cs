namespace SshFunctions.App.Hosting.Tickets;

/// <summary>One ticket system as it is written.</summary>
/// <param name="Name">What the journal calls it; part of its address.</param>
/// <param name="Mapping">Where its messages say what.</param>
/// <param name="SecretFile">File with the secrets that it may sign with, one a line.</param>
/// <param name="SecretVariable">Environment variable that holds them, with blanks between.</param>
/// <param name="ToleranceSeconds">How far the time of a webhook may be from now; 300 when absent.</param>
internal sealed record SourceDocument(
    string Name, MappingDocument Mapping, string? SecretFile = null, string? SecretVariable = null, int? ToleranceSeconds = null);
