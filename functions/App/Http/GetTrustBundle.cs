using System.Text;
using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.Core.Certificates;
using SshFunctions.Core.Revocations;
using SshFunctions.Ssh.Keys;
using SshFunctions.Ssh.Lines;

namespace SshFunctions.App.Http;

/// <summary>The CA keys that hosts and clients must trust now: as JSON, and as the files that sshd and ssh read.</summary>
internal sealed class GetTrustBundle : IHttpFunction
{
    public FunctionDeclaration Declaration { get; } = new(
        nameof(GetTrustBundle),
        "Gives the public keys that hosts and clients must trust now.",
        FunctionAccess.Open,
        [
            new FunctionRoute("GET", Routes.TrustBundle) { Response = typeof(TrustBundleResponse) },
            new FunctionRoute("GET", Routes.UserCaKeys) { OperationId = "GetUserCaKeys", ContentType = "text/plain" },
            new FunctionRoute("GET", Routes.KnownHosts) { OperationId = "GetKnownHosts", ContentType = "text/plain" },
        ]);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Routes.TrustBundle, Bundle).For(Declaration);
        routes.MapGet(Routes.UserCaKeys, UserCaKeys).For(Declaration);
        routes.MapGet(Routes.KnownHosts, KnownHostsAsync).For(Declaration);
    }

    private static IResult Bundle(TrustedKeys keys) => Responses.Ok(
        new TrustBundleResponse(keys.Version, [Active(keys.UserCa)], [Active(keys.HostCa)], [Active(keys.Journal)]));

    private static IResult UserCaKeys(TrustedKeys keys) => Text($"{keys.UserCa.ToText()} sshfn-user-ca\n");

    // The pattern is for whoever pastes it as it is; sshfn narrows it to the hosts that the broker knows.
    private static async Task<IResult> KnownHostsAsync(TrustedKeys keys, RevocationRegistry revocations, CancellationToken cancellationToken)
    {
        var text = new StringBuilder($"@cert-authority * {keys.HostCa.ToText()} sshfn-host-ca\n");
        // A KRL reaches servers; clients learn here which machines are themselves no more.
        await foreach (Revocation revocation in revocations.ListHostsAsync(cancellationToken))
        {
            foreach (string key in revocation.Host?.Keys ?? [])
                text.Append(KnownHostsLine.Revoked(["*"], SshPublicKey.Parse(key), revocation.Id)).Append('\n');
        }

        return Text(text.ToString());
    }

    private static IResult Text(string text) => Results.Text(text, "text/plain", Encoding.UTF8);

    private static CaKey Active(SshPublicKey key) => new(key.ToText(), key.Fingerprint.ToString(), "active");
}
