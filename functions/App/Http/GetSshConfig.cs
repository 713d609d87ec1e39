using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.App.Hosting.Settings;
using SshFunctions.Core;
using HostAddress = SshFunctions.Core.Resources.HostAddress;

namespace SshFunctions.App.Http;

/// <summary>Gives the block for an ssh_config file, and the patterns under which every resource lies.</summary>
internal sealed class GetSshConfig : IHttpFunction
{
    public FunctionDeclaration Declaration { get; } = new(
        nameof(GetSshConfig),
        "Gives the block for an ssh_config file, and the patterns under which every resource lies.",
        FunctionAccess.Authenticated,
        new FunctionRoute("GET", Routes.SshConfig)
        {
            Response = typeof(SshConfigResponse),
            Query = [new QueryParameter("hostname", "The block for this host alone; for aliases and the patterns when absent.")],
        });

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet(Routes.SshConfig, Handle).For(Declaration);

    private static IResult Handle(HttpContext context, BrokerProfile profile)
    {
        if (!Requests.Query(context, "hostname").Try(out QueryValue hostname, out Refusal? refusal))
            return Problems.From(refusal);
        if (hostname.Text is null)
            return Responses.Ok(new SshConfigResponse(profile.SshHostPatterns, SshConfigBlock.ForPatterns(profile.SshHostPatterns)));
        return HostAddress.TryCreate(hostname.Text, port: 22, out HostAddress address)
            ? Responses.Ok(new SshConfigResponse(profile.SshHostPatterns, SshConfigBlock.ForHost(address.Name)))
            : Problems.From(new Refusal.Invalid("hostname", "the host name is not allowed", HostAddress.NameRule));
    }
}
