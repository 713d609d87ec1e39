using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace SshFunctions.App.Hosting.Portal;

/// <summary>One file of the portal.</summary>
/// <param name="Content">Its bytes.</param>
/// <param name="ContentType">With the character set of texts.</param>
/// <param name="Tag">Strong: the SHA-256 of the bytes.</param>
internal sealed record PortalFile(byte[] Content, string ContentType, EntityTagHeaderValue Tag)
{
    public static PortalFile Of(string name, byte[] content) => new(
        content, TypeOf(name), new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 16))}\""));

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".svg" => "image/svg+xml",
        var extension => throw new InvalidOperationException($"the portal has no content type for {extension}"),
    };
}
