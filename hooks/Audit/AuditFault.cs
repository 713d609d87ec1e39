namespace SshFunctions.Hooks.Audit;

/// <summary>What is wrong with a journal, and at which entry it begins.</summary>
/// <param name="Kind">One word, for programs.</param>
/// <param name="Text">A sentence, for people.</param>
/// <param name="Segment">The segment; null when it is about none.</param>
/// <param name="Index">The first bad entry; null when it is about none.</param>
/// <param name="Hint">What to do about it; null when there is nothing to say.</param>
internal sealed record AuditFault(string Kind, string Text, long? Segment = null, int? Index = null, string? Hint = null)
{
    internal ulong? Serial => Segment is { } segment && Index is { } index ? ((ulong)segment << 16) | (uint)index : null;
}
