using System.Text;
using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.App.Http.Contract;
using SshFunctions.Core.Certificates;
using SshFunctions.Core.Hosts;
using SshFunctions.Core.Rotation;

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
            new FunctionRoute("GET", Routes.SignedTrustBundle) { OperationId = "GetSignedTrustBundle", Response = typeof(SignedTrustBundleResponse) },
            new FunctionRoute("GET", Routes.UserCaKeys) { OperationId = "GetUserCaKeys", ContentType = "text/plain" },
            new FunctionRoute("GET", Routes.KnownHosts) { OperationId = "GetKnownHosts", ContentType = "text/plain" },
        ]);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Routes.TrustBundle, BundleAsync).For(Declaration);
        routes.MapGet(Routes.SignedTrustBundle, SignedAsync).For(Declaration);
        routes.MapGet(Routes.UserCaKeys, UserCaKeysAsync).For(Declaration);
        routes.MapGet(Routes.KnownHosts, KnownHostsAsync).For(Declaration);
    }

    private static async Task<IResult> BundleAsync(ISigningKeys signingKeys, CancellationToken cancellationToken)
    {
        TrustedKeys keys = (await signingKeys.ReadAsync(cancellationToken)).Trusted;
        CaKey[] Trusted(KeyPurpose purpose) => [.. keys.TrustedOf(purpose).Select(Of)];
        return Responses.Tagged(new TrustBundleResponse(keys.Version, Trusted(KeyPurpose.UserCa), Trusted(KeyPurpose.HostCa), Trusted(KeyPurpose.Journal)));
    }

    private static async Task<IResult> SignedAsync(TrustStatements statements, CancellationToken cancellationToken)
    {
        SignedTrust trust = await statements.ReadAsync(cancellationToken);
        return Responses.Tagged(new SignedTrustBundleResponse(
            trust.Statement, trust.Signature, [.. trust.Handovers.Select(handover => new SignedHandover(handover.Statement, handover.Signature))]));
    }

    private static async Task<IResult> UserCaKeysAsync(ISigningKeys signingKeys, CancellationToken cancellationToken) => Text(string.Concat(
        (await signingKeys.ReadAsync(cancellationToken)).Trusted.TrustedOf(KeyPurpose.UserCa).Select(key => $"{key.Key.ToText()} sshfn-user-ca\n")));

    // The pattern is for whoever pastes it as it is; sshfn narrows it to the hosts that the broker knows.
    private static async Task<IResult> KnownHostsAsync(KnownHosts knownHosts, CancellationToken cancellationToken) =>
        Text(await knownHosts.WriteAsync(cancellationToken));

    private static IResult Text(string text) => Results.Text(text, "text/plain", Encoding.UTF8);

    private static CaKey Of(TrustedKey key) => new(key.Key.ToText(), key.Key.Fingerprint.ToString(), RotationContract.StateText(key.State));
}
