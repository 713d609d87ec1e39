using SshFunctions.Core.Resources;

namespace SshFunctions.Core.Policy;

/// <summary>Where the grant of an identifier lies.</summary>
internal sealed record GrantPlace(ResourcePath Path, Holder Holder);
