namespace SshFunctions.Api;

/// <summary>A minted host certificate; by the time it is sent, its journal entry is durable.</summary>
/// <param name="Certificate">One line as in a <c>-cert.pub</c> file.</param>
/// <param name="Serial">Segment times 65536 plus index of the journal entry that recorded it.</param>
/// <param name="KeyId">The host's subject.</param>
/// <param name="Principals">The names and addresses that the resource, or this instance of it, is reached under.</param>
/// <param name="ValidAfter">UTC, inclusive.</param>
/// <param name="ValidBefore">UTC, exclusive.</param>
/// <param name="CaFingerprint">The CA key that signed it.</param>
public sealed record HostCertificateResponse(
    string Certificate,
    ulong Serial,
    string KeyId,
    IReadOnlyList<string> Principals,
    DateTimeOffset ValidAfter,
    DateTimeOffset ValidBefore,
    string CaFingerprint);
