using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.Core;
using SshFunctions.Core.Keys;
using SshFunctions.Core.Policy;

namespace SshFunctions.App.Http;

/// <summary>Removes a registered key of the caller, or of a group of it.</summary>
internal sealed class RemoveKey : IHttpFunction
{
    public FunctionDeclaration Declaration { get; } = new(
        nameof(RemoveKey),
        "Removes a registered key of the caller or one of its groups.",
        FunctionAccess.Authenticated,
        new FunctionRoute("DELETE", Routes.Key) { Status = StatusCodes.Status204NoContent });

    public void Map(IEndpointRouteBuilder routes) => routes.MapDelete(Routes.Key, HandleAsync).For(Declaration);

    private static async Task<IResult> HandleAsync(
        HttpContext context, string id, KeyRegistry keys, Authority authority, CancellationToken cancellationToken)
    {
        // A key of somebody else and a key that is not there give the same answer: identifiers are fingerprints, and could be probed.
        var missing = new Refusal.NotFound("you have no such key", "list yours: sshfn keys list");
        RegisteredKey? key = await keys.FindAsync(id, cancellationToken);
        if (key is null || !(await KeyOwner.RequireAsync(context.Caller(), key.Owner.ToString(), authority, cancellationToken)).Succeeded)
            return Problems.From(missing);
        return Answers.Of(await keys.RemoveAsync(context.Caller(), key, cancellationToken));
    }
}
