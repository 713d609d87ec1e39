using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.App.Http.Contract;
using SshFunctions.Core;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Hosts;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Keys;
using SshFunctions.Core.Resources;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.App.Http;

/// <summary>Tells an enrolled host whether a registered key may enter it as a login now, and with what options.</summary>
/// <remarks>Records nothing: sshd asks twice at each login, and for keys whose owner has proved nothing yet.</remarks>
internal sealed class AuthorizeKey : IHttpFunction
{
    public FunctionDeclaration Declaration { get; } = new(
        nameof(AuthorizeKey),
        "Tells the calling host whether a registered key may enter it as a login now.",
        FunctionAccess.Authenticated,
        new FunctionRoute("POST", Routes.AuthorizeKey) { Request = typeof(AuthorizeKeyRequest), Response = typeof(AuthorizedKey) })
    {
        ForHosts = true,
        AskedByStrangers = true,
    };

    public void Map(IEndpointRouteBuilder routes) => routes.MapPost(Routes.AuthorizeKey, HandleAsync).For(Declaration);

    private static async Task<IResult> HandleAsync(
        HttpContext context, KeyAccess access, HostRegistry hosts, JournalWriter journal, CancellationToken cancellationToken)
    {
        Caller caller = context.Caller();
        if (!(await Requests.ReadAsync<AuthorizeKeyRequest>(context, cancellationToken)).Try(out AuthorizeKeyRequest? request, out Refusal? refusal)
            || !(await hosts.RequireAsync(caller, cancellationToken)).Try(out EnrolledHost? host, out refusal)
            || !Fields.Parse<Login>(request.Login, "login", Login.Rule).Try(out Login login, out refusal)
            || !(await SubmittedKey.ParseAsync(request.PublicKey, "publicKey", caller, journal, cancellationToken)).Try(out SshPublicKey? key, out refusal))
            return Problems.From(refusal);
        return Answers.Of(await access.FindAsync(host.Resource, login, key.Fingerprint, cancellationToken), AuthorizedKeyContract.Of);
    }
}
