using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.App.Http.Contract;
using SshFunctions.Core;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;

namespace SshFunctions.App.Http;

/// <summary>Switches SSH on a project, an environment or a resource.</summary>
internal sealed class SetSshSwitch : IHttpFunction
{
    public FunctionDeclaration Declaration { get; } = new(
        nameof(SetSshSwitch),
        "Switches SSH on a project, an environment or a resource; effective at the next mint.",
        FunctionAccess.Authenticated,
        new FunctionRoute("PUT", Routes.SshSwitch) { Request = typeof(SshSwitchRequest), Response = typeof(SshSwitchResponse) });

    public void Map(IEndpointRouteBuilder routes) => routes.MapPut(Routes.SshSwitch, HandleAsync).For(Declaration);

    private static async Task<IResult> HandleAsync(
        HttpContext context, string? path, ResourceTree tree, Authority authority, CancellationToken cancellationToken)
    {
        if (!Fields.Parse<ResourcePath>(path ?? "/", "path", ResourcePath.Rule).Try(out ResourcePath place, out Refusal? refusal)
            || !(await authority.RequireAsync(context.Caller(), place, RightFor(place), cancellationToken)).Try(out _, out refusal)
            || !(await Requests.ReadAsync<SshSwitchRequest>(context, cancellationToken)).Try(out SshSwitchRequest? request, out refusal)
            || !TreeContract.SwitchOf(request.State, "state").Try(out SshSwitch state, out refusal))
            return Problems.From(refusal);
        Result<Done> done = await tree.SetSwitchAsync(context.Caller(), place, state, request.Reason, cancellationToken);
        return Answers.Of(done, _ => new SshSwitchResponse(place.Text, TreeContract.WordOf(state)));
    }

    private static Right RightFor(ResourcePath place) => place.Depth == 3 ? Right.SwitchResource : Right.SwitchEnvironment;
}
