using System.Collections.Immutable;
using SshFunctions.Api;
using SshFunctions.Core;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Hosts;
using SshFunctions.Core.Keys;
using SshFunctions.Ssh.Certificates;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.App.Http.Contract;

/// <summary>Hosts, and what enrolls them, as the API reads and writes them.</summary>
internal static class HostContract
{
    public static Result<HostOrder> ToOrder(EnrollHostRequest request)
    {
        if (request.HostKeys.Count is 0 or > HostEnrollment.MaximumKeyCount)
        {
            return new Refusal.Invalid(
                "hostKeys", $"there are {request.HostKeys.Count} host keys", $"send 1 to {HostEnrollment.MaximumKeyCount}: the .pub files beside each HostKey");
        }

        ImmutableArray<SshPublicKey>.Builder keys = ImmutableArray.CreateBuilder<SshPublicKey>(request.HostKeys.Count);
        for (int i = 0; i < request.HostKeys.Count; i++)
        {
            if (!SubmittedKey.Parse(request.HostKeys[i], $"hostKeys[{i}]").Try(out SshPublicKey? key, out Refusal? refusal)) return refusal;
            if (keys.Contains(key)) return new Refusal.Invalid($"hostKeys[{i}]", $"{key.Fingerprint} is given twice", "give it once");
            keys.Add(key);
        }

        string? name = string.IsNullOrWhiteSpace(request.Name) ? null : request.Name;
        return new HostOrder(keys.ToImmutable(), request.SshdVersion, name);
    }

    public static EnrollmentTokenResponse Of(EnrollmentToken token) => new(
        token.Id, token.Resource.Text, token.Instance, token.CreatedBy.Text, token.Created, token.Expires, token.Host?.Text);

    /// <summary>The token with its secret, which is wiped: the one answer that shows it.</summary>
    public static CreatedEnrollmentTokenResponse Of(CreatedEnrollmentToken created)
    {
        using Secret secret = created.Secret;
        return new CreatedEnrollmentTokenResponse(Of(created.Token), $"{created.Token.Id}.{secret.Reveal()}");
    }

    public static HostResponse Of(EnrolledHost host) => new(
        host.Id.Text,
        host.Resource.Text,
        host.Instance,
        host.Name,
        [.. host.HostKeys.Select(key => SshPublicKey.Parse(key).Fingerprint.ToString())],
        host.EnrolledBy,
        host.Enrolled,
        host.State is { } state
            ? new HostReport(
                state.Received, state.TrustVersion, state.RevocationListVersion, state.SshdVersion, state.SshfnVersion, state.Passcodes, state.PasscodePort)
            : null);

    /// <summary>The host with its access token's secret, which is wiped: the one answer that shows it.</summary>
    public static EnrolledHostResponse Of(AdmittedHost admitted)
    {
        using Secret secret = admitted.Token.Secret;
        AccessToken token = admitted.Token.Token;
        return new EnrolledHostResponse(Of(admitted.Host), $"{token.Id}.{secret.Reveal()}", token.Expires);
    }

    public static HostCertificateResponse Of(SshCertificate certificate)
    {
        CertificateContent content = certificate.Content;
        return new HostCertificateResponse(
            certificate.ToText(),
            content.Serial,
            content.KeyId,
            content.ValidPrincipals,
            content.ValidAfter,
            content.ValidBefore,
            certificate.CaKey.Fingerprint.ToString());
    }
}
