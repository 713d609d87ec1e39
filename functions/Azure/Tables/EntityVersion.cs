using System.Text.RegularExpressions;
using SshFunctions.Core.Ports;

namespace SshFunctions.Azure.Tables;

/// <summary>The state of a document in a table: what storage calls it, and who wrote it.</summary>
/// <remarks>
/// Storage compares the ETag alone, which is the time of the write by its own clock. The real service counts 100 ns, one write of a row
/// after the other. Azurite composes it of the millisecond at which the request came in and of the first four digits of the nanosecond at
/// which it was handled, so that two writes of a row within 100 µs could share one. That harms nobody: who replaces or deletes has read
/// the one before, which takes longer; and of 5,000 blind writes of one row, 32 at once, none shared one. The trail tells even those apart.
/// </remarks>
/// <param name="Trail">Its last writes; null for a version from elsewhere.</param>
/// <param name="ETag">What storage compares.</param>
internal readonly partial record struct EntityVersion(WriteTrail? Trail, string ETag)
{
    /// <summary>What matches no entity: tables did not exist then.</summary>
    private const string NoETag = "W/\"datetime'1601-01-01T00%3A00%3A00Z'\"";

    /// <summary>Whether any document of this table can ever have had it.</summary>
    public bool IsForeign => Trail is null;

    /// <summary>A version that storage has moved on from.</summary>
    public static EntityVersion Superseded(WriteTrail trail) => new(trail, NoETag);

    /// <summary>Reads a version that was given back; one from elsewhere matches nothing.</summary>
    public static EntityVersion Of(DocumentVersion version)
    {
        string[] parts = (version.Token ?? "").Split(' ');
        return parts.Length == 2 && WriteTrail.Parse(parts[0]) is { } trail && IsETag(parts[1])
            ? new EntityVersion(trail, parts[1])
            : new EntityVersion(null, NoETag);
    }

    /// <summary>Whether storage may have said this; it goes into a header again.</summary>
    public static bool IsETag(string? text) => text is not null && ETagText().IsMatch(text);

    public DocumentVersion ToVersion() => new($"{Trail} {ETag}");

    [GeneratedRegex("""^W/"datetime'[0-9A-Za-z%:.+-]{1,64}'"\z""")]
    private static partial Regex ETagText();
}
