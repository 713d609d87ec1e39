using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.App.Http.Contract;
using SshFunctions.Core;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;
using SshFunctions.Core.Rotation;

namespace SshFunctions.App.Http;

/// <summary>Takes the rotation of a signing key back.</summary>
internal sealed class AbortKeyRotation : IHttpFunction
{
    public FunctionDeclaration Declaration { get; } = new(
        nameof(AbortKeyRotation),
        "Takes the rotation of a signing key back: a key that does not sign yet leaves trust; where it signs, the one before it does so again.",
        FunctionAccess.Authenticated,
        new FunctionRoute("DELETE", Routes.KeyRotation)
        {
            Response = typeof(KeyRotationResponse),
            Query = [new QueryParameter("reason", "Why; kept in the journal.")],
        });

    public void Map(IEndpointRouteBuilder routes) => routes.MapDelete(Routes.KeyRotation, HandleAsync).For(Declaration);

    private static async Task<IResult> HandleAsync(
        HttpContext context, string purpose, KeyRotations rotations, Authority authority, CancellationToken cancellationToken)
    {
        if (!(await authority.RequireAsync(context.Caller(), ResourcePath.Root, Right.RotateKeys, cancellationToken)).Try(out _, out Refusal? refusal)
            || !Requests.Query(context, "reason").Try(out QueryValue reason, out refusal))
            return Problems.From(refusal);
        return KeyPurposeText.TryParse(purpose, out KeyPurpose named)
            ? Answers.Of(await rotations.AbortAsync(context.Caller(), named, reason.Text ?? "", cancellationToken), status => RotationContract.Of(status))
            : Problems.From(new Refusal.NotFound($"there is no key for that purpose", $"give {KeyPurposeText.Rule}"));
    }
}
