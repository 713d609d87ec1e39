namespace SshFunctions.Support.Proofs.Histories;

/// <summary>A row as it was read.</summary>
/// <param name="Row">The row.</param>
/// <param name="Version">Its version.</param>
/// <param name="Value">Its body.</param>
public sealed record HistoryRow(string Row, string Version, string Value);
