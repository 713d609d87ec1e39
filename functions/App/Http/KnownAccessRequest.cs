using SshFunctions.App.Hosting;
using SshFunctions.Core;
using SshFunctions.Core.Access;
using SshFunctions.Core.Callers;

namespace SshFunctions.App.Http;

/// <summary>Finds the request that a route names, for who may know of it: to others it is not there.</summary>
internal sealed class KnownAccessRequest(AccessRequests requests, AccessApprovers approvers)
{
    public async Task<Result<AccessRequest>> FindAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        if (!Fields.Parse<AccessRequestId>(id, "id", AccessRequestId.Rule).Try(out AccessRequestId which, out Refusal? refusal)) return refusal;
        return await requests.FindAsync(which, cancellationToken) is { } request && await approvers.MaySeeAsync(caller, request, cancellationToken)
            ? request
            : new Refusal.NotFound($"there is no access request {which}", "list them: sshfn request list");
    }
}
