using SshFunctions.Core.Ports;

namespace SshFunctions.Core.Resources;

public sealed partial class ResourceTree
{
    /// <summary>The place at which SSH is switched off for a resource.</summary>
    /// <param name="resource">Depth 3.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The resource itself, its environment or its project; null when SSH is on at every level. What is not there is not on.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<ResourcePath?> FindSwitchedOffAsync(ResourcePath resource, CancellationToken cancellationToken)
    {
        if (await FindResourceAsync(resource, cancellationToken) is not { SshSwitch: SshSwitch.Enabled }) return resource;
        ResourcePath environment = resource.Parent;
        if (await FindEnvironmentAsync(environment, cancellationToken) is not { SshSwitch: SshSwitch.Enabled }) return environment;
        return await FindProjectAsync(environment.Parent, cancellationToken) is { SshSwitch: SshSwitch.Enabled } ? null : environment.Parent;
    }
}
