using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.App.Http.Contract;
using SshFunctions.Core;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;
using SshFunctions.Core.Rotation;

namespace SshFunctions.App.Http;

/// <summary>Begins the rotation of a signing key, or tells what it would meet.</summary>
internal sealed class RotateKey : IHttpFunction
{
    public FunctionDeclaration Declaration { get; } = new(
        nameof(RotateKey),
        "Begins the rotation of a signing key; in an emergency the old one counts no more at once, with all that it signed.",
        FunctionAccess.Authenticated,
        new FunctionRoute("POST", Routes.KeyRotations) { Request = typeof(RotateKeyRequest), Response = typeof(KeyRotationResponse) });

    public void Map(IEndpointRouteBuilder routes) => routes.MapPost(Routes.KeyRotations, HandleAsync).For(Declaration);

    private static async Task<IResult> HandleAsync(
        HttpContext context, KeyRotations rotations, Authority authority, CancellationToken cancellationToken)
    {
        if (!(await authority.RequireAsync(context.Caller(), ResourcePath.Root, Right.RotateKeys, cancellationToken)).Try(out _, out Refusal? refusal)
            || !(await Requests.ReadAsync<RotateKeyRequest>(context, cancellationToken)).Try(out RotateKeyRequest? request, out refusal))
            return Problems.From(refusal);
        if (!KeyPurposeText.TryParse(request.Purpose, out KeyPurpose purpose))
            return Problems.From(new Refusal.Invalid("purpose", "there is no such key", $"give {KeyPurposeText.Rule}"));
        Result<RotationStatus> result = request.DryRun
            ? await rotations.PlanAsync(purpose, request.Emergency, cancellationToken)
            : await rotations.StartAsync(context.Caller(), purpose, request.Emergency, cancellationToken);
        return Answers.Of(result, status => RotationContract.Of(status, request.DryRun));
    }
}
