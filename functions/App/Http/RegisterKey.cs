using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.App.Http.Contract;
using SshFunctions.Core;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Keys;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Rotation;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.App.Http;

/// <summary>Registers a public key for the caller or one of its groups.</summary>
internal sealed class RegisterKey : IHttpFunction
{
    public FunctionDeclaration Declaration { get; } = new(
        nameof(RegisterKey),
        "Registers a public key for the caller or one of its groups.",
        FunctionAccess.Authenticated,
        new FunctionRoute("POST", Routes.Keys) { Request = typeof(RegisterKeyRequest), Response = typeof(RegisteredKeyResponse) });

    public void Map(IEndpointRouteBuilder routes) => routes.MapPost(Routes.Keys, HandleAsync).For(Declaration);

    private static async Task<IResult> HandleAsync(
        HttpContext context, KeyRegistry keys, ISigningKeys signingKeys, Authority authority, JournalWriter journal, CancellationToken cancellationToken)
    {
        Caller caller = context.Caller();
        if (!(await Requests.ReadAsync<RegisterKeyRequest>(context, cancellationToken)).Try(out RegisterKeyRequest? request, out Refusal? refusal)
            || !(await KeyOwner.RequireAsync(caller, request.Owner, authority, cancellationToken)).Try(out Holder owner, out refusal)
            || !(await SubmittedKey.ParseAsync(request.PublicKey, "publicKey", caller, journal, cancellationToken))
                .Try(out SshPublicKey? key, out refusal))
            return Problems.From(refusal);
        if ((await signingKeys.ReadAsync(cancellationToken)).Trusted.Names(key.Fingerprint))
            return Problems.From(new Refusal.Invalid("publicKey", "that is a key of the broker itself", "register a key of your own"));
        DateTimeOffset? expires = request.Expires?.ToUniversalTime();
        return Answers.Of(await keys.RegisterAsync(caller, owner, request.Name, key, expires, cancellationToken), KeyContract.Of);
    }
}
