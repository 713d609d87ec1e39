namespace SshFunctions.Core.Sessions;

/// <summary>A login or a logout, as a host tells it.</summary>
/// <param name="Id">The host's name for the connection, 1 to 64 letters, digits and <c>-</c>.</param>
/// <param name="Step">What happened.</param>
/// <param name="Time">UTC, the host's clock.</param>
/// <param name="Login">Unix account; any text without control characters.</param>
/// <param name="Method">How.</param>
/// <param name="Source">Where the client connected from; null when the host does not know.</param>
/// <param name="Certificate">The line of the certificate; null for none, or for one too long to be sent.</param>
/// <param name="Key">The line of the public key; null for none.</param>
/// <param name="Serial">Of the passcode; null for none.</param>
/// <param name="Reason">Why the host ended it; null for none.</param>
/// <remarks>Certificate and key are texts: one that a guest made so that no parser takes it must still raise the alarm.</remarks>
public sealed record ToldSession(
    string Id,
    SessionStep Step,
    DateTimeOffset Time,
    string Login,
    SessionMethod Method,
    string? Source,
    string? Certificate,
    string? Key,
    ulong? Serial,
    string? Reason);
