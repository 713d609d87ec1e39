using System.Text.Json;

namespace SshFunctions.Api;

/// <summary>One journal entry.</summary>
/// <param name="Serial">Segment times 65536 plus index; the serial of the certificate when it recorded one.</param>
/// <param name="Segment">The segment it lies in.</param>
/// <param name="Index">Its place there, 1 to 65535.</param>
/// <param name="Time">UTC.</param>
/// <param name="Subject">Who did it.</param>
/// <param name="Event">Event kind, for example <c>certificate.issued</c>.</param>
/// <param name="Resource">Path it was about; null when it was about none.</param>
/// <param name="Details">Members of that event kind.</param>
/// <param name="Hash">SHA-256 of the stored entry, lower-case hexadecimal.</param>
/// <param name="Previous">The same of the entry before it in the segment.</param>
/// <param name="Issuer">Name of the OpenID issuer that proved who did it; null when another proof did.</param>
public sealed record JournalEntryResponse(
    ulong Serial,
    long Segment,
    int Index,
    DateTimeOffset Time,
    string Subject,
    string Event,
    string? Resource,
    JsonElement Details,
    string Hash,
    string Previous,
    string? Issuer = null);
