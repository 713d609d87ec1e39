using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.Core;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Certificates;
using SshFunctions.Core.Hosts;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Keys;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.App.Http;

/// <summary>Mints the certificate of a host's reverse tunnel.</summary>
internal sealed class IssueTunnelCertificate : IHttpFunction
{
    public FunctionDeclaration Declaration { get; } = new(
        nameof(IssueTunnelCertificate),
        "Mints the certificate of the calling host's reverse tunnel: one port to listen on, on one bastion, for an hour.",
        FunctionAccess.Authenticated,
        new FunctionRoute("POST", Routes.TunnelCertificates) { Request = typeof(IssueTunnelCertificateRequest), Response = typeof(TunnelCertificateResponse) })
    {
        ForHosts = true,
    };

    public void Map(IEndpointRouteBuilder routes) => routes.MapPost(Routes.TunnelCertificates, HandleAsync).For(Declaration);

    private static async Task<IResult> HandleAsync(
        HttpContext context, TunnelCertificateAuthority authority, HostRegistry hosts, JournalWriter journal, CancellationToken cancellationToken)
    {
        Caller caller = context.Caller();
        if (!(await hosts.RequireAsync(caller, cancellationToken)).Try(out EnrolledHost? host, out Refusal? refusal)
            || !(await Requests.ReadAsync<IssueTunnelCertificateRequest>(context, cancellationToken))
                .Try(out IssueTunnelCertificateRequest? request, out refusal)
            || !(await SubmittedKey.ParseAsync(request.PublicKey, "publicKey", caller, journal, cancellationToken)).Try(out SshPublicKey? key, out refusal))
            return Problems.From(refusal);
        return Answers.Of(await authority.IssueAsync(caller, host, key, cancellationToken), Of);
    }

    private static TunnelCertificateResponse Of(IssuedTunnelCertificate issued) => new(
        issued.Certificate.ToText(),
        issued.Certificate.Content.Serial,
        issued.Certificate.Content.ValidBefore,
        issued.Bastion.Name,
        issued.Bastion.Port,
        issued.Tunnel.Login.Text,
        issued.Tunnel.Port);
}
