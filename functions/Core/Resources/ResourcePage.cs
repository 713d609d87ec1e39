using System.Collections.Immutable;

namespace SshFunctions.Core.Resources;

/// <summary>A page of what a search found.</summary>
/// <param name="Resources">By path; may be fewer than were asked for, also none, while there is a next.</param>
/// <param name="Next">The last resource that was looked at, to go on after; null at the end.</param>
public sealed record ResourcePage(ImmutableArray<Resource> Resources, ResourcePath? Next);
