namespace SshFunctions.Local.Queue;

/// <summary>The stored form of a lease.</summary>
/// <param name="Holder">Who has it.</param>
/// <param name="Until">UTC, exclusive.</param>
internal sealed record HeldLease(string Holder, DateTimeOffset Until);
