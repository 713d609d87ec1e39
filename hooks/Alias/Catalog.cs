using SshFunctions.Api;

namespace SshFunctions.Hooks.Alias;

/// <summary>What the caller may see, as one broker told it at one time.</summary>
internal sealed class Catalog
{
    public required string Broker { get; init; }

    /// <summary>What <c>{user}</c> in a login stands for; null for nothing.</summary>
    public string? UserName { get; init; }

    public required IReadOnlyList<ResourceResponse> Resources { get; init; }
}
