using SshFunctions.Api;
using SshFunctions.Core.Revocations;

namespace SshFunctions.App.Http.Contract;

/// <summary>Revocations as the API writes them.</summary>
internal static class RevocationContract
{
    public static RevocationResponse Of(Revocation revocation) => new(
        revocation.Id,
        revocation.Id[..revocation.Id.IndexOf(':', StringComparison.Ordinal)],
        revocation.Target,
        revocation.Reason,
        revocation.By.Text,
        revocation.Created,
        revocation.Expires);

    public static PublicationFailureResponse? Of(PublicationFailure? failure) => failure is null
        ? null
        : new PublicationFailureResponse(failure.Since, failure.Last, failure.Count, failure.Reason);

    public static RevokedResponse Of(RevokedAccess revoked) => new(revoked.ListVersion, [.. revoked.Revocations.Select(Of)]);
}
