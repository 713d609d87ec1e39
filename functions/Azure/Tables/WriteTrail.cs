using System.Security.Cryptography;

namespace SshFunctions.Azure.Tables;

/// <summary>The last writes of a document, stored in it: so a write whose answer was lost is recognized, also under those of others that came after.</summary>
/// <remarks>
/// As text: up to <see cref="MaximumCount"/> operation ids, the newest first, with <c>.</c> between them and <c>+</c> before the one that
/// inserted the document, if it is still among them.
/// </remarks>
internal sealed class WriteTrail
{
    // As many writes as may overtake one whose answer was lost and who asks again a moment later; at most 192 bytes a document.
    private const int MaximumCount = 16;
    private const int OperationBytes = 8;
    private const int OperationLength = 11;
    private const char Insertion = '+';
    private readonly string[] _operations;

    private WriteTrail(string[] operations, bool isWhole)
    {
        _operations = operations;
        IsWhole = isWhole;
    }

    /// <summary>The last write.</summary>
    public string Newest => _operations[0];

    /// <summary>Whether every write since the insertion is named.</summary>
    public bool IsWhole { get; }

    public static string NewOperation() => System.Buffers.Text.Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(OperationBytes));

    /// <summary>The trail of a document that an operation inserts.</summary>
    public static WriteTrail Insert(string operation) => new([operation], isWhole: true);

    /// <summary>Reads one; null when the text is none.</summary>
    public static WriteTrail? Parse(string? text)
    {
        if (text is null) return null;
        string[] parts = text.Split('.');
        bool isWhole = parts[^1].StartsWith(Insertion);
        if (isWhole) parts[^1] = parts[^1][1..];
        return parts.Length <= MaximumCount && parts.All(IsOperation) ? new WriteTrail(parts, isWhole) : null;
    }

    /// <summary>The trail after an operation replaces the document.</summary>
    public WriteTrail Then(string operation)
    {
        string[] kept = [operation, .. _operations.Take(MaximumCount - 1)];
        return new WriteTrail(kept, IsWhole && _operations.Length < MaximumCount);
    }

    public bool Contains(string operation) => Array.IndexOf(_operations, operation) >= 0;

    public override string ToString() =>
        IsWhole ? string.Join('.', [.. _operations[..^1], Insertion + _operations[^1]]) : string.Join('.', _operations);

    private static bool IsOperation(string text) =>
        text.Length == OperationLength && text.All(unit => char.IsAsciiLetterOrDigit(unit) || unit is '-' or '_');
}
