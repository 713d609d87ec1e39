namespace SshFunctions.Core.Ports;

/// <summary>One page of a listing.</summary>
/// <param name="Documents">In ordinal order of their rows.</param>
/// <param name="Next">First row that was not read, for <see cref="RowRange.Continue"/>; null at the end. It may name a row that is gone by then.</param>
public sealed record DocumentPage(IReadOnlyList<StoredDocument> Documents, string? Next);
