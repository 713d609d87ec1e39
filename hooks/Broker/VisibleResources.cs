using SshFunctions.Api;

namespace SshFunctions.Hooks.Broker;

/// <summary>The resources that the caller may connect to or manage.</summary>
internal static class VisibleResources
{
    internal static async Task<IReadOnlyList<ResourceResponse>> ReadAsync(BrokerClient client, CancellationToken cancellationToken)
    {
        var pages = await client.GetAllAsync(Routes.VisibleResources, Contract.Json.PageResourceResponse, int.MaxValue, cancellationToken);
        return [.. pages.SelectMany(page => page.Read(Contract.Json.PageResourceResponse).Items)];
    }
}
