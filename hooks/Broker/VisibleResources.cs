using System.Buffers;
using SshFunctions.Api;

namespace SshFunctions.Hooks.Broker;

/// <summary>The resources that the caller may connect to or manage.</summary>
internal static class VisibleResources
{
    // Three names of 63 characters. Source: RFC 1035, section 2.3.4.
    private const int LongestPath = 191;
    private static readonly SearchValues<char> PathCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789._-/");

    internal static async Task<IReadOnlyList<ResourceResponse>> ReadAsync(BrokerClient client, CancellationToken cancellationToken)
    {
        var pages = await client.GetAllAsync(Routes.VisibleResources, Contract.Json.PageResourceResponse, int.MaxValue, cancellationToken);
        return [.. pages.SelectMany(page => page.Read(Contract.Json.PageResourceResponse).Items).Select(Checked)];
    }

    /// <summary>Paths become file contents and names: a broker that is not honest must not reach further than this.</summary>
    private static ResourceResponse Checked(ResourceResponse resource) =>
        resource.Path.Length <= LongestPath && !resource.Path.AsSpan().ContainsAnyExcept(PathCharacters) && resource.Path.Split('/') is { Length: 3 } names && names.All(name => name.Length > 0)
            ? resource
            : throw new CommandFailedException(ExitCode.Failed, "the broker sent the path of a resource that is none", "sshfn doctor");
}
