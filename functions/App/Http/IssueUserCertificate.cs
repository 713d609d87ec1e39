using Microsoft.Extensions.Primitives;
using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.App.Http.Contract;
using SshFunctions.Core;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Certificates;
using SshFunctions.Core.Hosts;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Keys;
using SshFunctions.Core.Resources;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.App.Http;

/// <summary>Mints a short-lived user certificate for one destination.</summary>
internal sealed class IssueUserCertificate : IHttpFunction
{
    public FunctionDeclaration Declaration { get; } = new(
        nameof(IssueUserCertificate),
        "Mints a short-lived user certificate for one destination.",
        FunctionAccess.Authenticated,
        new FunctionRoute("POST", Routes.UserCertificates)
        {
            Request = typeof(IssueUserCertificateRequest),
            Response = typeof(UserCertificateResponse),
        });

    public void Map(IEndpointRouteBuilder routes) => routes.MapPost(Routes.UserCertificates, HandleAsync).For(Declaration);

    private static async Task<IResult> HandleAsync(
        HttpContext context,
        CertificateAuthority authority,
        ResourceTree tree,
        KnownResource known,
        KnownHosts knownHosts,
        JournalWriter journal,
        CancellationToken cancellationToken)
    {
        Caller caller = context.Caller();
        if (!(await Requests.ReadAsync<IssueUserCertificateRequest>(context, cancellationToken))
                .Try(out IssueUserCertificateRequest? request, out Refusal? refusal)
            || !(await SubmittedKey.ParseAsync(request.PublicKey, "publicKey", caller, journal, cancellationToken))
                .Try(out SshPublicKey? key, out refusal)
            || !(await DestinationContract.ResolveAsync(request.Destination, request.Resource, request.Login, caller, tree, known, cancellationToken))
                .Try(out ResolvedDestination? target, out refusal))
            return Problems.From(refusal);
        TimeSpan? lifetime = request.LifetimeSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
        var order = new UserCertificateOrder(target.Resource, target.Login, key, lifetime);
        // Before the mint: what was minted is not lost to a store that goes away afterwards.
        string? newer = await NewerHostsAsync(context, knownHosts, cancellationToken);
        return Answers.Of(await authority.IssueAsync(caller, order, cancellationToken), issued => CertificateContract.Of(issued, newer));
    }

    /// <summary>With the certificate, and not asked for apart: whoever is between client and broker must not hold back one of the two.</summary>
    private static async Task<string?> NewerHostsAsync(HttpContext context, KnownHosts knownHosts, CancellationToken cancellationToken)
    {
        StringValues held = context.Request.Headers[Routes.KnownHostsVersionHeader];
        return held.Count == 0 ? null : await knownHosts.WriteNewerAsync(held.ToString(), cancellationToken);
    }
}
