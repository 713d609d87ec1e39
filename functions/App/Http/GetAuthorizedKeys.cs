using System.Text;
using System.Text.Json;
using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.App.Http.Contract;
using SshFunctions.Core;
using SshFunctions.Core.Hosts;
using SshFunctions.Core.Keys;
using SshFunctions.Core.Ports;

namespace SshFunctions.App.Http;

/// <summary>Gives a host the list of registered keys that may enter it, signed by the journal key, to go by while the broker is away.</summary>
internal sealed class GetAuthorizedKeys : IHttpFunction
{
    /// <summary>Namespace of the signature; a host that verifies demands the same.</summary>
    public const string SignatureNamespace = "authorized-keys@sshfn";

    public FunctionDeclaration Declaration { get; } = new(
        nameof(GetAuthorizedKeys),
        "Gives the calling host the signed list of registered keys that may enter it.",
        FunctionAccess.Authenticated,
        new FunctionRoute("GET", Routes.HostAuthorizedKeys) { Response = typeof(AuthorizedKeysResponse) })
    {
        ForHosts = true,
    };

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet(Routes.HostAuthorizedKeys, HandleAsync).For(Declaration);

    private static async Task<IResult> HandleAsync(
        HttpContext context,
        string id,
        KeyAccess access,
        HostRegistry hosts,
        IStatementSigner signer,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        if (!(await HostCaller.RequireAsync(context, id, hosts, cancellationToken)).Try(out EnrolledHost? host, out Refusal? refusal))
            return Problems.From(refusal);
        // Before the keys are read: of two lists the one with the later time is never the older one.
        DateTimeOffset issued = clock.GetUtcNow();
        if (!(await access.ListAsync(host.Resource, cancellationToken)).Try(out IReadOnlyList<EnteringKey>? keys, out refusal))
            return Problems.From(refusal);
        var document = new AuthorizedKeysDocument(host.Id.Text, host.Resource.Text, issued, [.. keys.Select(AuthorizedKeyContract.Of)]);
        string text = JsonSerializer.Serialize(document, ApiJson.Default.AuthorizedKeysDocument);
        string signature = await signer.SignAsync(SignatureNamespace, Encoding.UTF8.GetBytes(text), cancellationToken);
        return Responses.Ok(new AuthorizedKeysResponse(text, signature));
    }
}
