using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.App.Http.Contract;
using SshFunctions.Core;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Certificates;
using SshFunctions.Core.Hosts;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Keys;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.App.Http;

/// <summary>Mints a certificate for one of the calling host's keys.</summary>
internal sealed class IssueHostCertificate : IHttpFunction
{
    public FunctionDeclaration Declaration { get; } = new(
        nameof(IssueHostCertificate),
        "Mints a certificate for one of the keys that the calling host enrolled with.",
        FunctionAccess.Authenticated,
        new FunctionRoute("POST", Routes.HostCertificates)
        {
            Request = typeof(IssueHostCertificateRequest),
            Response = typeof(HostCertificateResponse),
        })
    {
        ForHosts = true,
    };

    public void Map(IEndpointRouteBuilder routes) => routes.MapPost(Routes.HostCertificates, HandleAsync).For(Declaration);

    private static async Task<IResult> HandleAsync(
        HttpContext context, HostCertificateAuthority authority, HostRegistry hosts, JournalWriter journal, CancellationToken cancellationToken)
    {
        Caller caller = context.Caller();
        if (!(await hosts.RequireAsync(caller, cancellationToken)).Try(out EnrolledHost? host, out Refusal? refusal)
            || !(await Requests.ReadAsync<IssueHostCertificateRequest>(context, cancellationToken))
                .Try(out IssueHostCertificateRequest? request, out refusal)
            || !(await SubmittedKey.ParseAsync(request.PublicKey, "publicKey", caller, journal, cancellationToken))
                .Try(out SshPublicKey? key, out refusal))
            return Problems.From(refusal);
        return Answers.Of(await authority.IssueAsync(caller, host, key, cancellationToken), HostContract.Of);
    }
}
