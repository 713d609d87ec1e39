using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.Core;
using SshFunctions.Core.Access;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Certificates;
using SshFunctions.Core.Hosts;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Keys;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;
using SshFunctions.Core.Revocations;
using SshFunctions.Core.Rotation;
using SshFunctions.Ssh.Certificates;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.App.Http;

/// <summary>Finds what a revocation names, and checks that the caller may revoke it.</summary>
/// <remarks>
/// One's own certificates anybody may revoke: who lost a laptop must not wait for a manager. A key only who may revoke anything:
/// registering is no proof of holding the private half, and a public key is public.
/// </remarks>
internal sealed class RevocationTargets(
    AccessRevoker revoker, GrantRegistry grants, JournalReader reader, JournalWriter journal, Authority authority, ISigningKeys signingKeys,
    HostRegistry hosts, HostRevoker hostRevoker, AccessRequests requests)
{
    public async Task<Result<RevokedAccess>> RevokeAsync(Caller caller, RevokeAccessRequest request, CancellationToken cancellationToken)
    {
        object?[] named = [request.Serial, request.Certificate, request.Key, request.Subject, request.Grant, request.Host, request.Ca];
        if (named.Count(target => target is not null) != 1)
            return new Refusal.Invalid("serial", "it is not clear what to revoke", "give exactly one of serial, certificate, key, subject, grant, host, ca");
        if (request.Serial is { } serial) return await SerialAsync(caller, serial, request.Reason, cancellationToken);
        if (request.Certificate is { } certificate) return await CertificateAsync(caller, certificate, request.Reason, cancellationToken);
        if (request.Key is { } key) return await KeyAsync(caller, key, request.Reason, cancellationToken);
        if (request.Subject is { } subject) return await SubjectAsync(caller, subject, request.Reason, cancellationToken);
        if (request.Host is { } host) return await HostAsync(caller, host, request.Reason, cancellationToken);
        if (request.Ca is { } ca) return await CaAsync(caller, ca, request.Reason, cancellationToken);
        return await GrantAsync(caller, request.Grant!, request.Reason, cancellationToken);
    }

    private async Task<TrustedKeys> TrustedAsync(CancellationToken cancellationToken) => (await signingKeys.ReadAsync(cancellationToken)).Trusted;

    private async Task<Result<RevokedAccess>> SerialAsync(Caller caller, ulong serial, string reason, CancellationToken cancellationToken)
    {
        JournalEntry? entry = JournalPosition.TryFromSerial(serial, out JournalPosition position)
            ? await reader.FindAsync(position, cancellationToken)
            : null;
        bool own = entry?.Caller.Subject == caller.Subject;
        ResourcePath path = entry?.Event.About ?? ResourcePath.Root;
        // Serials are dense: a refusal that named the path would tell a stranger what lies behind each.
        if (!own && await authority.FindRoleAsync(caller, path, cancellationToken) is null)
            return new Refusal.Denied("you may not revoke this certificate", "ask a manager of its resource");
        if (!own && !(await authority.RequireAsync(caller, path, Right.Revoke, cancellationToken)).Try(out _, out Refusal? refusal))
            return refusal;
        return await revoker.RevokeSerialAsync(caller, serial, reason, cancellationToken);
    }

    private async Task<Result<RevokedAccess>> CertificateAsync(Caller caller, string text, string reason, CancellationToken cancellationToken)
    {
        if (!SshCertificate.TryParse(text, out SshCertificate? certificate, out string? fault))
            return new Refusal.Invalid("certificate", fault, "send the line of a -cert.pub file");
        // Without the signature anybody could name a serial of somebody else in a certificate of their own making.
        if ((await TrustedAsync(cancellationToken)).FindSigner(KeyPurpose.UserCa, certificate.CaKey) is null || !certificate.VerifySignature())
            return new Refusal.Invalid("certificate", "this broker did not sign it", "revoke it where it was signed, or revoke its key here");
        return await SerialAsync(caller, certificate.Content.Serial, reason, cancellationToken);
    }

    private async Task<Result<RevokedAccess>> KeyAsync(Caller caller, string text, string reason, CancellationToken cancellationToken)
    {
        if (!Fingerprint.TryParse(text, out Fingerprint fingerprint, out _))
        {
            if (!(await SubmittedKey.ParseAsync(text, "key", caller, journal, cancellationToken)).Try(out SshPublicKey? key, out Refusal? refusal))
                return refusal;
            fingerprint = key.Fingerprint;
        }

        if ((await TrustedAsync(cancellationToken)).Names(fingerprint))
        {
            return new Refusal.Denied(
                "that is a key of the broker itself; revoking it would refuse everybody everywhere", "rotate it instead: sshfn ca rotate");
        }

        if (!(await authority.RequireAsync(caller, ResourcePath.Root, Right.Revoke, cancellationToken)).Try(out _, out Refusal? denied))
            return denied;
        return await revoker.RevokeKeyAsync(caller, fingerprint, reason, cancellationToken);
    }

    private async Task<Result<RevokedAccess>> SubjectAsync(Caller caller, string text, string reason, CancellationToken cancellationToken)
    {
        if (!Fields.Parse<Subject>(text, "subject", Subject.Rule).Try(out Subject subject, out Refusal? refusal)
            || !(await authority.RequireAsync(caller, ResourcePath.Root, Right.Revoke, cancellationToken)).Try(out Role role, out refusal))
            return refusal;
        // Groups of the other are not known here; what counts is that no manager shuts the admins out one by one.
        var other = new Caller(CallerKind.Person, subject, []);
        if (await authority.FindRoleAsync(other, ResourcePath.Root, cancellationToken) > role)
            return new Refusal.Denied($"{subject} has a role above your own", "ask someone with that role");
        return await revoker.RevokeSubjectAsync(caller, subject, reason, cancellationToken);
    }

    private async Task<Result<RevokedAccess>> GrantAsync(Caller caller, string text, string reason, CancellationToken cancellationToken)
    {
        if (!Fields.Parse<GrantId>(text, "grant", ResourcePath.NameRule).Try(out GrantId id, out Refusal? refusal)) return refusal;
        Grant? grant = await grants.FindAsync(id, cancellationToken);
        // Who may not even read there is told the same as for one that is none.
        if (grant is null || await authority.FindRoleAsync(caller, grant.Path, cancellationToken) is null)
            return new Refusal.NotFound($"there is no grant {id}", "list them: sshfn grant list --path PATH");
        if (!(await authority.RequireAsync(caller, grant.Path, Right.Revoke, cancellationToken)).Try(out _, out refusal)) return refusal;
        return grant.Request is { } request
            ? await requests.RevokeAsync(caller, request, reason, cancellationToken)
            : await revoker.RevokeGrantAsync(caller, grant, reason, cancellationToken);
    }

    private async Task<Result<RevokedAccess>> HostAsync(Caller caller, string text, string reason, CancellationToken cancellationToken)
    {
        if (!Fields.Parse<HostId>(text, "host", HostId.Rule).Try(out HostId id, out Refusal? refusal)) return refusal;
        EnrolledHost? host = await hosts.FindAsync(id, cancellationToken);
        if (host is null || await authority.FindRoleAsync(caller, host.Resource, cancellationToken) is null)
            return new Refusal.NotFound($"there is no host {id}", "list them: sshfn host list; the keys of one that was removed are in its host.enrolled entry: sshfn revoke --key");
        return (await authority.RequireAsync(caller, host.Resource, Right.Revoke, cancellationToken)).Try(out _, out refusal)
            ? await hostRevoker.RevokeAsync(caller, host, reason, cancellationToken)
            : refusal;
    }

    private async Task<Result<RevokedAccess>> CaAsync(Caller caller, string text, string reason, CancellationToken cancellationToken)
    {
        if (!Fingerprint.TryParse(text, out Fingerprint fingerprint, out string? fault))
            return new Refusal.Invalid("ca", fault, "give the SHA256: fingerprint: ssh-keygen -l -f CA.pub");
        if ((await TrustedAsync(cancellationToken)).Names(fingerprint))
        {
            return new Refusal.Denied(
                "that is a key of the broker itself; revoking it would refuse everybody everywhere", "rotate it instead: sshfn ca rotate");
        }

        return (await authority.RequireAsync(caller, ResourcePath.Root, Right.RevokeCa, cancellationToken)).Try(out _, out Refusal? denied)
            ? await revoker.RevokeCaAsync(caller, fingerprint, reason, cancellationToken)
            : denied;
    }
}
