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
    private static readonly Login Unnamed = Login.Parse("unnamed");

    public FunctionDeclaration Declaration { get; } = new(
        nameof(MintPasscode),
        "Mints a one-time passcode for one login on one resource; shown once.",
        FunctionAccess.Authenticated,
        new FunctionRoute("POST", Routes.Passcodes) { Request = typeof(MintPasscodeRequest), Response = typeof(PasscodeResponse) });

    public void Map(IEndpointRouteBuilder routes) => routes.MapPost(Routes.Passcodes, HandleAsync).For(Declaration);

    private static async Task<IResult> HandleAsync(
        HttpContext context, PasscodeRegistry passcodes, KnownResource known, RateLimits limits, CancellationToken cancellationToken)
    {
        Caller caller = context.Caller();
        if (!limits.TakeForPasscode(caller).Try(out _, out Refusal? refusal)
            || !(await Requests.ReadAsync<MintPasscodeRequest>(context, cancellationToken)).Try(out MintPasscodeRequest? request, out refusal)
            || !(await OrderOfAsync(request, caller, known, cancellationToken)).Try(out PasscodeOrder? order, out refusal))
            return Problems.From(refusal);
        return Answers.Of(await passcodes.MintAsync(caller, order, cancellationToken), minted => PasscodeContract.Of(minted, order.Resource));
    }

    private static async Task<Result<PasscodeOrder>> OrderOfAsync(
        MintPasscodeRequest request, Caller caller, KnownResource known, CancellationToken cancellationToken)
    {
        if (!Fields.Parse<ResourcePath>(request.Resource, "resource", ResourcePath.Rule).Try(out ResourcePath path, out Refusal? refusal)
            || !(await known.FindAsync(caller, path, cancellationToken)).Try(out Resource? resource, out refusal))
            return refusal;
        // Whether it has one login only is not told to who holds nothing there; the policy refuses all the same.
        bool isUnnamed = request.Login is null && await known.IsStrangerAsync(caller, path, cancellationToken);
        Login login = Unnamed;
        if (!isUnnamed && !LoginOf(request, resource, caller).Try(out login, out refusal)) return refusal;
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
