using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.App.Http.Contract;
using SshFunctions.Core;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;
using SshFunctions.Core.Rotation;

namespace SshFunctions.App.Http;

/// <summary>Tells how far the rotation of each signing key is, and which hosts hold it up.</summary>
internal sealed class GetKeyRotations : IHttpFunction
{
    public FunctionDeclaration Declaration { get; } = new(
        nameof(GetKeyRotations),
        "Tells how far the rotation of each signing key is, and which hosts hold it up.",
        FunctionAccess.Authenticated,
        new FunctionRoute("GET", Routes.KeyRotations) { Response = typeof(KeyRotationsResponse) });

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet(Routes.KeyRotations, HandleAsync).For(Declaration);

    private static async Task<IResult> HandleAsync(
        HttpContext context, KeyRotations rotations, Authority authority, CancellationToken cancellationToken)
    {
        if (!(await authority.RequireAsync(context.Caller(), ResourcePath.Root, Right.RotateKeys, cancellationToken)).Try(out _, out Refusal? refusal))
            return Problems.From(refusal);
        var statuses = new List<RotationStatus>();
        foreach (KeyPurpose purpose in Enum.GetValues<KeyPurpose>()) statuses.Add(await rotations.ReadAsync(purpose, cancellationToken));
        return Responses.Ok(new KeyRotationsResponse(statuses.Max(status => status.TrustVersion), [.. statuses.Select(status => RotationContract.Of(status))]));
    }
}
