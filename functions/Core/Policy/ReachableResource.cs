using System.Collections.Immutable;
using SshFunctions.Core.Resources;

namespace SshFunctions.Core.Policy;

/// <summary>A resource, and who can reach it now.</summary>
/// <param name="Resource">The resource.</param>
/// <param name="Protected">Whether only approved access requests give anything there.</param>
/// <param name="SwitchedOff">The level on which SSH is switched off; null for none.</param>
/// <param name="Holders">Every grant in force on it or above it that could open it, also those that open nothing now.</param>
public sealed record ReachableResource(
    Resource Resource, bool Protected, ResourcePath? SwitchedOff, ImmutableArray<AccessHolder> Holders);
