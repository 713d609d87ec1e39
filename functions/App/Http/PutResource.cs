using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.App.Http.Contract;
using SshFunctions.Core;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;

namespace SshFunctions.App.Http;

/// <summary>Makes a resource, or changes it.</summary>
internal sealed class PutResource : IHttpFunction
{
    // Each hop is a connection of its own before the first byte.
    private const int LongestWay = 4;

    public FunctionDeclaration Declaration { get; } = new(
        nameof(PutResource),
        "Makes a resource, or changes it; what is left out stays as it is.",
        FunctionAccess.Authenticated,
        new FunctionRoute("PUT", Routes.Resource) { Request = typeof(ResourceRequest), Response = typeof(ResourceResponse) });

    public void Map(IEndpointRouteBuilder routes) => routes.MapPut(Routes.Resource, HandleAsync).For(Declaration);

    private static async Task<IResult> HandleAsync(
        HttpContext context,
        string project,
        string environment,
        string resource,
        ResourceTree tree,
        Authority authority,
        CancellationToken cancellationToken)
    {
        if (!TreeContract.PathOf(project, environment, resource).Try(out ResourcePath path, out Refusal? refusal)
            || !(await authority.RequireAsync(context.Caller(), path, Right.EditTree, cancellationToken)).Try(out _, out refusal)
            || !(await Requests.ReadAsync<ResourceRequest>(context, cancellationToken)).Try(out ResourceRequest? request, out refusal)
            || !ResourceContract.ToResource(path, request, await tree.FindResourceAsync(path, cancellationToken)).Try(out Resource? wanted, out refusal))
            return Problems.From(refusal);
        // A bare login opens every plain host, an account is somebody's on the whole git host, a pattern holds hosts that are not there yet.
        if ((wanted.Profile != CertificateProfileName.Sshd || wanted.Hosts.Any(host => host.IsPattern))
            && !(await authority.RequireAsync(context.Caller(), ResourcePath.Root, Right.ManagePlainHosts, cancellationToken)).Try(out _, out refusal))
            return Problems.From(refusal);
        Refusal? fault = await FaultOfCommandAsync(context.Caller(), wanted, authority, cancellationToken)
            ?? await FaultOfTunnelAsync(context.Caller(), wanted, tree, authority, cancellationToken)
            ?? await FaultOfJumpAsync(context.Caller(), wanted, tree, authority, cancellationToken);
        if (fault is not null) return Problems.From(fault);
        return Answers.Of(await tree.PutResourceAsync(context.Caller(), wanted, cancellationToken), ResourceContract.Of);
    }

    /// <summary>A command runs as every login of the resource, so who may give some of them only may not choose it.</summary>
    private static async Task<Refusal?> FaultOfCommandAsync(
        Caller caller, Resource wanted, Authority authority, CancellationToken cancellationToken) =>
        wanted.LoginCommand is null || await authority.HoldsEveryLoginAsync(caller, wanted.Path, cancellationToken)
            ? null
            : new Refusal.Denied(
                $"{caller.Subject} may not choose what logins of others run: their own grant is for some logins only",
                "leave loginCommand out, or ask a manager without that limit");

    /// <summary>A port of somebody's bastion, and an account there, is theirs to give.</summary>
    private static async Task<Refusal?> FaultOfTunnelAsync(
        Caller caller, Resource wanted, ResourceTree tree, Authority authority, CancellationToken cancellationToken)
    {
        if (wanted.Tunnel?.Bastion is not { } bastion) return null;
        if (!(await authority.RequireAsync(caller, bastion, Right.EditTree, cancellationToken)).Try(out _, out Refusal? refusal)) return refusal;
        return await tree.FindResourceAsync(bastion, cancellationToken) is { Profile: CertificateProfileName.Sshd }
            ? null
            : new Refusal.Invalid("tunnel.bastion", $"there is no resource {bastion} of profile sshd", "make it first, and enroll its host");
    }

    private static async Task<Refusal?> FaultOfJumpAsync(
        Caller caller, Resource wanted, ResourceTree tree, Authority authority, CancellationToken cancellationToken)
    {
        ResourcePath? hop = wanted.Through;
        // The same words as for one that is not there: what others have is not told.
        if (hop is { } first && first != wanted.Path && await authority.FindRoleAsync(caller, first, cancellationToken) is null)
            return new Refusal.Invalid("jump", $"there is no resource {first}", "make it first");
        for (int count = 0; hop is { } path; count++)
        {
            if (path == wanted.Path) return new Refusal.Invalid("jump", $"the way to {path} would lead through itself", "name another resource");
            if (count == LongestWay) return new Refusal.Invalid("jump", $"the way leads through more than {LongestWay} resources", "name one that is nearer");
            if (await tree.FindResourceAsync(path, cancellationToken) is not { } next)
                return count == 0 ? new Refusal.Invalid("jump", $"there is no resource {path}", "make it first") : null;
            hop = next.Through;
        }

        return null;
    }
}
