using SshFunctions.App.Hosting;
using SshFunctions.Core;
using SshFunctions.Core.Hosts;

namespace SshFunctions.App.Http;

/// <summary>The enrolled host that sent a request.</summary>
internal static class HostCaller
{
    /// <summary>The host, when the route names that one: no host asks about another.</summary>
    public static async Task<Result<EnrolledHost>> RequireAsync(
        HttpContext context, string id, HostRegistry hosts, CancellationToken cancellationToken)
    {
        if (!Fields.Parse<HostId>(id, "id", HostId.Rule).Try(out HostId named, out Refusal? refusal)
            || !(await hosts.RequireAsync(context.Caller(), cancellationToken)).Try(out EnrolledHost? host, out refusal))
            return refusal;
        return host.Id == named ? host : new Refusal.Denied("a host asks about itself alone", $"name {host.Id} in the path");
    }
}
