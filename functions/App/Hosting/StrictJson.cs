using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using SshFunctions.Api;
using SshFunctions.Core;

namespace SshFunctions.App.Hosting;

/// <summary>
/// Reads a contract record and refuses whatever is not exactly it: unknown, duplicate, missing and null members, comments, trailing
/// commas, wrong types. Each refusal names the member as the client wrote it.
/// </summary>
/// <remarks>
/// The serializer refuses all of that too, but says so in texts that name .NET types and often no path. So <see cref="StrictJsonWalk"/>
/// goes first over the same metadata, and the serializer, with the same strictness, stays as the second judge.
/// </remarks>
internal static class StrictJson
{
    // The contract nests three deep; the rest is room to grow.
    private const int MaximumDepth = 8;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Strict)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        TypeInfoResolver = ApiJson.Default,
        MaxDepth = MaximumDepth,
    };

    public static Result<T> Read<T>(ReadOnlySpan<byte> utf8)
        where T : class => Read<T>(utf8, Options);

    /// <summary>Reads another record with the same strictness.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="options">Strict ones, with the record's source-generated metadata.</param>
    public static Result<T> Read<T>(ReadOnlySpan<byte> utf8, JsonSerializerOptions options)
        where T : class
    {
        var type = (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
        if (utf8.IsEmpty)
            return new Refusal.Invalid(null, "The body is empty.", "send a JSON object");
        if (!Utf8.IsValid(utf8))
            return new Refusal.Invalid(null, "The body is not valid UTF-8.", "encode it as UTF-8");

        try
        {
            var walk = new StrictJsonWalk(utf8, options.MaxDepth);
            if (walk.Check(type) is { } refusal)
                return refusal;
            return JsonSerializer.Deserialize(utf8, type) is { } value ? value : new Refusal.Invalid(null, "The body is null.", "send a JSON object");
        }
        catch (JsonException unexpected)
        {
            string? field = unexpected.Path is { Length: > 2 } path ? path[2..] : null;
            return new Refusal.Invalid(field, "The body does not have the expected form.", $"{Routes.OpenApi} describes it");
        }
    }
}
