using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.Core;
using SshFunctions.Core.Certificates;
using SshFunctions.Core.Hosts;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Resources;
using SshFunctions.Ssh.Certificates;

namespace SshFunctions.App.Http;

/// <summary>Lets one connection to a host use a single-use certificate.</summary>
internal sealed class SpendCertificate : IHttpFunction
{
    public FunctionDeclaration Declaration { get; } = new(
        nameof(SpendCertificate),
        "Lets one connection to the calling host use a single-use certificate.",
        FunctionAccess.Authenticated,
        new FunctionRoute("POST", Routes.SpentCertificates)
        {
            Request = typeof(SpendCertificateRequest),
            Response = typeof(SpentCertificateResponse),
        })
    {
        ForHosts = true,
    };

    public void Map(IEndpointRouteBuilder routes) => routes.MapPost(Routes.SpentCertificates, HandleAsync).For(Declaration);

    private static async Task<IResult> HandleAsync(
        HttpContext context, string id, SpentCertificates spent, HostRegistry hosts, CancellationToken cancellationToken)
    {
        if (!(await Requests.ReadAsync<SpendCertificateRequest>(context, cancellationToken)).Try(out SpendCertificateRequest? request, out Refusal? refusal)
            || !(await HostCaller.RequireAsync(context, id, hosts, cancellationToken)).Try(out EnrolledHost? host, out refusal)
            || !Fields.Parse<Login>(request.Login, "login", Login.Rule).Try(out Login login, out refusal))
            return Problems.From(refusal);
        if (!SshCertificate.TryParse(request.Certificate, out SshCertificate? certificate, out string? fault))
            return Problems.From(new Refusal.Invalid("certificate", fault, "send what sshd names as the certificate: algorithm and base64"));
        return Answers.Of(
            await spent.SpendAsync(context.Caller(), host, certificate, login, request.Session, cancellationToken),
            (JournalPosition position) => new SpentCertificateResponse(position.Serial));
    }
}
