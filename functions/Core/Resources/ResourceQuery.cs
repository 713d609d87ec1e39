using System.Collections.Immutable;

namespace SshFunctions.Core.Resources;

/// <summary>Which resources are wanted, and of which places at most.</summary>
/// <param name="Places">Where to look, in the order of <see cref="ResourceTree.Order"/>, none covering another: nothing outside is read.</param>
/// <param name="Words">What they must hold.</param>
/// <param name="After">Starts after this resource; null for the first.</param>
/// <param name="Limit">Most of a page; at least 1.</param>
public sealed record ResourceQuery(ImmutableArray<ResourcePath> Places, SearchWords Words, ResourcePath? After, int Limit);
