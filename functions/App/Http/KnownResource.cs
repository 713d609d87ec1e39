using SshFunctions.Core;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;

namespace SshFunctions.App.Http;

/// <summary>Finds the resource that a request names. To who holds no grant there, or above, every path looks the same: like one on which they hold nothing.</summary>
internal sealed class KnownResource(ResourceTree tree, GrantRegistry grants)
{
    /// <summary>The resource; towards a stranger <see cref="Resource.Absent"/> for one that is not there, which the policy then refuses in the words that it has for those that are.</summary>
    public async Task<Result<Resource>> FindAsync(Caller caller, ResourcePath path, CancellationToken cancellationToken)
    {
        if (path.Depth == 3)
        {
            if (await tree.FindResourceAsync(path, cancellationToken) is { } resource) return resource;
            if (await IsStrangerAsync(caller, path, cancellationToken)) return Resource.Absent(path);
        }

        return new Refusal.NotFound($"there is no resource {path}", "list them: sshfn resources");
    }

    /// <summary>Whether a caller holds no grant on a path or above it, in force or not.</summary>
    public async Task<bool> IsStrangerAsync(Caller caller, ResourcePath path, CancellationToken cancellationToken) =>
        (await grants.FindForAsync(caller, path, cancellationToken)).Count == 0;
}
