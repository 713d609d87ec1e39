using System.Text;
using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.App.Http.Contract;
using SshFunctions.Core.Certificates;
using SshFunctions.Core.Revocations;
using SshFunctions.Core.Rotation;
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
    private static async Task<IResult> KnownHostsAsync(ISigningKeys signingKeys, RevocationRegistry revocations, CancellationToken cancellationToken)
    {
        TrustedKeys keys = (await signingKeys.ReadAsync(cancellationToken)).Trusted;
        var text = new StringBuilder();
        foreach (TrustedKey key in keys.TrustedOf(KeyPurpose.HostCa)) text.Append($"@cert-authority * {key.Key.ToText()} sshfn-host-ca\n");
        // A revoked CA key takes what it signed along, also where an older file still trusts it. Source: hostfile.c, check_key_not_revoked.
        foreach (TrustedKey key in keys.All.Where(key => key is { Purpose: KeyPurpose.HostCa, CutOff: not null }))
            text.Append(KnownHostsLine.Revoked(["*"], key.Key, "sshfn-host-ca")).Append('\n');
        // A KRL reaches servers; clients learn here which machines are themselves no more.
        await foreach (Revocation revocation in revocations.ListHostsAsync(cancellationToken))
        {
            foreach (string key in revocation.Host?.Keys ?? [])
                text.Append(KnownHostsLine.Revoked(["*"], SshPublicKey.Parse(key), revocation.Id)).Append('\n');
        }

        return Text(text.ToString());
    }

    private static IResult Text(string text) => Results.Text(text, "text/plain", Encoding.UTF8);

    private static CaKey Of(TrustedKey key) => new(key.Key.ToText(), key.Key.Fingerprint.ToString(), RotationContract.StateText(key.State));
}
