using SshFunctions.Core;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Hosts;
using SshFunctions.Core.Policy;

namespace SshFunctions.App.Http;

/// <summary>Finds the host of a route for whoever has a right over its resource, or is that host.</summary>
internal static class HostTarget
{
    public static async Task<Result<EnrolledHost>> RequireAsync(
        Caller caller, string id, Right right, HostRegistry hosts, Authority authority, CancellationToken cancellationToken)
    {
        EnrolledHost? host = HostId.TryParse(id, null, out HostId parsed) ? await hosts.FindAsync(parsed, cancellationToken) : null;
        // Who may not even read there is told the same as for a host that is none.
        if (host is null || (!IsSelf(caller, host) && await authority.FindRoleAsync(caller, host.Resource, cancellationToken) is null))
            return new Refusal.NotFound("you have a role on no such host", "list them: sshfn host list --path PATH");
        if (IsSelf(caller, host)) return host;
        return (await authority.RequireAsync(caller, host.Resource, right, cancellationToken)).Try(out _, out Refusal? refusal) ? host : refusal;
    }

    private static bool IsSelf(Caller caller, EnrolledHost host) => HostId.TryOf(caller, out HostId own) && own == host.Id;
}
