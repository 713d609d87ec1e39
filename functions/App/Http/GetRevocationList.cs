using System.Text;
using Microsoft.Net.Http.Headers;
using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.Core.Revocations;

namespace SshFunctions.App.Http;

/// <summary>The KRL, and the journal key's signature over it; both with the version as ETag.</summary>
internal sealed class GetRevocationList : IHttpFunction
{
    public FunctionDeclaration Declaration { get; } = new(
        nameof(GetRevocationList),
        "Gives the OpenSSH key revocation list, and its signature.",
        FunctionAccess.Open,
        [
            new FunctionRoute("GET", Routes.RevocationList) { ContentType = "application/octet-stream" },
            new FunctionRoute("GET", Routes.RevocationListSignature)
            {
                OperationId = "GetRevocationListSignature",
                ContentType = "text/plain",
            },
        ]);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Routes.RevocationList, KrlAsync).For(Declaration);
        routes.MapGet(Routes.RevocationListSignature, SignatureAsync).For(Declaration);
    }

    private static async Task<IResult> KrlAsync(RevocationListPublisher publisher, CancellationToken cancellationToken)
    {
        PublishedList list = await publisher.ReadAsync(cancellationToken);
        return Results.Bytes(list.Krl, "application/octet-stream", entityTag: TagOf(list));
    }

    private static async Task<IResult> SignatureAsync(RevocationListPublisher publisher, CancellationToken cancellationToken)
    {
        PublishedList list = await publisher.ReadAsync(cancellationToken);
        return Results.Bytes(Encoding.ASCII.GetBytes(list.Signature), "text/plain", entityTag: TagOf(list));
    }

    /// <summary>
    /// Version and hash: instances build the same version each for themselves, with another time in it, and a host that fetches list and
    /// signature must be able to see that they belong together.
    /// </summary>
    private static EntityTagHeaderValue TagOf(PublishedList list) => new($"\"{list.Version}-{list.Id}\"");
}
