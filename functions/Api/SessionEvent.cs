namespace SshFunctions.Api;

/// <summary>A login or a logout on a host.</summary>
/// <param name="Session">The host's name for the connection, 1 to 64 letters, digits and <c>-</c>, never used twice.</param>
/// <param name="Event"><c>opened</c>, <c>closed</c>, or <c>ended</c> when the host ended it because its credential was revoked.</param>
/// <param name="Time">UTC, the host's clock.</param>
/// <param name="Login">Unix account.</param>
/// <param name="Method"><c>certificate</c>, <c>key</c>, <c>passcode</c>, or <c>other</c> for what this broker knows nothing of.</param>
/// <param name="SourceAddress">Where the client connected from; null when the host does not know.</param>
/// <param name="Certificate">With <c>certificate</c>: the whole certificate, algorithm and base64.</param>
/// <param name="Key">With <c>key</c>: the public key, algorithm and base64.</param>
/// <param name="Serial">With <c>passcode</c>: the serial that its redemption told.</param>
/// <param name="Reason">With <c>ended</c>: why.</param>
public sealed record SessionEvent(
    string Session,
    string Event,
    DateTimeOffset Time,
    string Login,
    string Method,
    string? SourceAddress = null,
    string? Certificate = null,
    string? Key = null,
    ulong? Serial = null,
    string? Reason = null);
