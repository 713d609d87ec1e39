using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Net.Http.Headers;
using SshFunctions.Api;

namespace SshFunctions.App.Hosting;

/// <summary>Answers of success: contract records as compact UTF-8 JSON.</summary>
internal static class Responses
{
    public const string JsonContentType = "application/json; charset=utf-8";

    public static IResult Ok<T>(T body) => Json(body, StatusCodes.Status200OK);

    /// <summary>With the hash of the answer as ETag: who has it already gets a 304.</summary>
    public static IResult Tagged<T>(T body)
    {
        byte[] text = JsonSerializer.SerializeToUtf8Bytes(body, TypeInfo<T>());
        return Results.Bytes(text, JsonContentType, entityTag: new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(text))}\""));
    }

    public static IResult Created<T>(T body) => Json(body, StatusCodes.Status201Created);

    public static IResult NoContent() => Results.NoContent();

    private static IResult Json<T>(T body, int status) => Results.Json(body, TypeInfo<T>(), JsonContentType, status);

    // The answer is JSON and is never taken for anything else (nosniff), so fingerprints and names may stay readable.
    private static readonly ApiJson Readable =
        new(new JsonSerializerOptions(ApiJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    private static JsonTypeInfo<T> TypeInfo<T>() => (JsonTypeInfo<T>)(Readable.GetTypeInfo(typeof(T))
        ?? throw new InvalidOperationException($"{typeof(T)} is not in ApiJson"));
}
