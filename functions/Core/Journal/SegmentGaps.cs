using System.Collections.Immutable;

namespace SshFunctions.Core.Journal;

/// <summary>Every gap of the journal, in order.</summary>
/// <param name="Gaps">The gaps.</param>
internal sealed record SegmentGaps(ImmutableArray<SegmentGap> Gaps);
