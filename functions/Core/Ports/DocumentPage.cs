namespace SshFunctions.Core.Ports;

/// <summary>One page of a listing.</summary>
/// <remarks>A page may hold fewer documents than were asked for, even none, and still have a next one: only a null
/// <paramref name="Next"/> is the end. Backends cut a page short to bound its bytes or because their server did.</remarks>
/// <param name="Documents">In ordinal order of their rows.</param>
/// <param name="Next">First row that was not read, for <see cref="RowRange.Continue"/>; null at the end. It may name a row that is gone by then.</param>
public sealed record DocumentPage(IReadOnlyList<StoredDocument> Documents, string? Next);
