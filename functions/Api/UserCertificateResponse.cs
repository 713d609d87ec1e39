namespace SshFunctions.Api;

/// <summary>A minted user certificate; by the time it is sent, its journal entry is durable.</summary>
/// <param name="Certificate">One line as in a <c>-cert.pub</c> file.</param>
/// <param name="Serial">Segment times 65536 plus index of the journal entry that recorded it.</param>
/// <param name="KeyId">The key id that sshd will log.</param>
/// <param name="Resource">Path of the resource it is for.</param>
/// <param name="Login">Unix account it is for.</param>
/// <param name="Principals">The valid principals.</param>
/// <param name="ValidAfter">UTC, inclusive.</param>
/// <param name="ValidBefore">UTC, exclusive.</param>
/// <param name="CaFingerprint">The CA key that signed it.</param>
/// <param name="Grant">The grant that allowed it.</param>
/// <param name="KnownHosts">
/// What <see cref="Routes.KnownHosts"/> answers, when the request's <see cref="Routes.KnownHostsVersionHeader"/> names another version of it; null otherwise.
/// </param>
public sealed record UserCertificateResponse(
    string Certificate,
    ulong Serial,
    string KeyId,
    string Resource,
    string Login,
    IReadOnlyList<string> Principals,
    DateTimeOffset ValidAfter,
    DateTimeOffset ValidBefore,
    string CaFingerprint,
    string Grant,
    string? KnownHosts = null);
