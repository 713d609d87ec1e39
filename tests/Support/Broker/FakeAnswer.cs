using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using SshFunctions.Api;

namespace SshFunctions.Support.Broker;

/// <summary>What the fake broker answers.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The body.</param>
public sealed record FakeAnswer(int Status, string Body)
{
    /// <summary>A body that is no text, in place of <see cref="Body"/>; null for text.</summary>
    public byte[]? Bytes { get; init; }

    /// <summary>The ETag, with its quotes; null for none.</summary>
    public string? Tag { get; init; }

    /// <summary>The header that carries a signature; null for none.</summary>
    public string? Signature { get; init; }

    /// <summary>200 with a record of the API.</summary>
    /// <typeparam name="T">The record.</typeparam>
    /// <param name="value">What to send.</param>
    /// <param name="type">Its JSON contract.</param>
    /// <returns>The answer.</returns>
    public static FakeAnswer Of<T>(T value, JsonTypeInfo<T> type) => new(200, JsonSerializer.Serialize(value, type));

    /// <summary>A problem document.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="type">One of <see cref="ProblemTypes"/>.</param>
    /// <param name="detail">What happened.</param>
    /// <param name="fix">What would help; null for nothing.</param>
    /// <returns>The answer.</returns>
    public static FakeAnswer Problem(int status, string type, string detail, string? fix = null) =>
        new(status, JsonSerializer.Serialize(new Problem(type, "A problem", status, detail, null, fix, "c-1"), ApiJson.Default.Problem));
}
