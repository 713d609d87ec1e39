using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.App.Http.Contract;
using SshFunctions.Core;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Hosts;
using SshFunctions.Core.Passcodes;
using SshFunctions.Core.Resources;

namespace SshFunctions.App.Http;

/// <summary>Lets a passcode that was typed at a host's password prompt open one login, once.</summary>
internal sealed class RedeemPasscode : IHttpFunction
{
    public FunctionDeclaration Declaration { get; } = new(
        nameof(RedeemPasscode),
        "Lets a passcode open one login on the calling host, once.",
        FunctionAccess.Authenticated,
        new FunctionRoute("POST", Routes.PasscodeRedemptions)
        {
            Request = typeof(RedeemPasscodeRequest),
            Response = typeof(RedeemedPasscodeResponse),
        })
    {
        ForHosts = true,
    };

    public void Map(IEndpointRouteBuilder routes) => routes.MapPost(Routes.PasscodeRedemptions, HandleAsync).For(Declaration);

    private static async Task<IResult> HandleAsync(
        HttpContext context, PasscodeRegistry passcodes, HostRegistry hosts, CancellationToken cancellationToken)
    {
        Caller caller = context.Caller();
        if (!(await Requests.ReadAsync<RedeemPasscodeRequest>(context, cancellationToken)).Try(out RedeemPasscodeRequest? request, out Refusal? refusal)
            || !(await hosts.RequireAsync(caller, cancellationToken)).Try(out EnrolledHost? host, out refusal)
            || !Fields.Parse<Login>(request.Login, "login", Login.Rule).Try(out Login login, out refusal)
            || !ClientAddress.Read(request.SourceAddress).Try(out ClientAddress source, out refusal))
            return Problems.From(refusal);
        using Secret typed = Secret.Of(request.Passcode);
        return Answers.Of(await passcodes.RedeemAsync(caller, host, typed, login, source.Address, cancellationToken), PasscodeContract.Of);
    }
}
