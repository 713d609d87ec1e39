namespace SshFunctions.Core.Journal;

/// <summary>One leased segment.</summary>
/// <param name="Segment">Its number.</param>
/// <param name="Instance">The broker instance that leased it and alone may write to it.</param>
/// <param name="Opened">UTC.</param>
/// <param name="Closed">UTC; null while it is being written.</param>
/// <param name="LastIndex">Index of its last entry; null while it is being written.</param>
/// <param name="Head">Hash of its last entry; null while it is being written.</param>
/// <param name="Removed">UTC; when retention began to remove its entries, null while they are kept.</param>
internal sealed record SegmentRecord(
    long Segment,
    string Instance,
    DateTimeOffset Opened,
    DateTimeOffset? Closed = null,
    int? LastIndex = null,
    string? Head = null,
    DateTimeOffset? Removed = null);
