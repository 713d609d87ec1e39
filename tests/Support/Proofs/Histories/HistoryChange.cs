namespace SshFunctions.Support.Proofs.Histories;

/// <summary>One change of a commit.</summary>
/// <param name="Row">The row.</param>
/// <param name="Value">The new body, which nobody else ever writes to this row; null for a delete.</param>
/// <param name="Version">The version that it demands; null for an insert.</param>
public sealed record HistoryChange(string Row, string? Value, string? Version);
