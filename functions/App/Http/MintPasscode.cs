using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.App.Http.Contract;
using SshFunctions.Core;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Passcodes;
using SshFunctions.Core.Resources;

namespace SshFunctions.App.Http;

/// <summary>Mints a one-time passcode for one login on one resource.</summary>
internal sealed class MintPasscode : IHttpFunction
{
    public FunctionDeclaration Declaration { get; } = new(
        nameof(MintPasscode),
        "Mints a one-time passcode for one login on one resource; shown once.",
        FunctionAccess.Authenticated,
        new FunctionRoute("POST", Routes.Passcodes) { Request = typeof(MintPasscodeRequest), Response = typeof(PasscodeResponse) });

    public void Map(IEndpointRouteBuilder routes) => routes.MapPost(Routes.Passcodes, HandleAsync).For(Declaration);

    private static async Task<IResult> HandleAsync(
        HttpContext context, PasscodeRegistry passcodes, ResourceTree tree, RateLimits limits, CancellationToken cancellationToken)
    {
        Caller caller = context.Caller();
        if (!limits.TakeForPasscode(caller).Try(out _, out Refusal? refusal)
            || !(await Requests.ReadAsync<MintPasscodeRequest>(context, cancellationToken)).Try(out MintPasscodeRequest? request, out refusal)
            || !(await OrderOfAsync(request, caller, tree, cancellationToken)).Try(out PasscodeOrder? order, out refusal))
            return Problems.From(refusal);
        return Answers.Of(await passcodes.MintAsync(caller, order, cancellationToken), minted => PasscodeContract.Of(minted, order.Resource));
    }

    private static async Task<Result<PasscodeOrder>> OrderOfAsync(
        MintPasscodeRequest request, Caller caller, ResourceTree tree, CancellationToken cancellationToken)
    {
        if (!Fields.Parse<ResourcePath>(request.Resource, "resource", ResourcePath.Rule).Try(out ResourcePath path, out Refusal? refusal)) return refusal;
        if (path.Depth != 3 || await tree.FindResourceAsync(path, cancellationToken) is not { } resource)
            return new Refusal.NotFound($"there is no resource {path}", "list them: sshfn resources");
        if (!LoginOf(request, resource, caller).Try(out Login login, out refusal)) return refusal;
        if (!ClientAddress.Read(request.SourceAddress).Try(out ClientAddress source, out refusal)) return refusal;
        TimeSpan? life = request.LifetimeSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
        return new PasscodeOrder(resource, login, request.Instance, source.Address, life);
    }

    private static Result<Login> LoginOf(MintPasscodeRequest request, Resource resource, Caller caller)
    {
        if (request.Login is { } text) return Fields.Parse<Login>(text, "login", Login.Rule);
        // Which logins there are is told by the policy, and only to who holds something here.
        return resource.Logins is [var only] && only.LoginOf(caller) is { } login
            ? login
            : new Refusal.Invalid("login", $"{resource.Path} has more than one login, or none that is yours alone", "name the login");
    }
}
