using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace SshFunctions.App.Hosting.Portal;

/// <summary>One file of the portal.</summary>
/// <param name="ContentType">With the character set of texts.</param>
/// <param name="Plain">As it is written.</param>
/// <param name="Compressed">The same by gzip. The files are public, so their length under compression tells nothing.</param>
internal sealed record PortalFile(string ContentType, PortalFileForm Plain, PortalFileForm Compressed)
{
    public static PortalFile Of(string name, byte[] content)
    {
        string hash = Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 16));
        return new PortalFile(TypeOf(name), FormOf(content, hash), FormOf(Compress(content), hash + "-gzip"));
    }

    // Strong tags, so each form has its own. Source: RFC 9110, section 8.8.3.
    private static PortalFileForm FormOf(byte[] content, string hash) => new(content, new EntityTagHeaderValue($"\"{hash}\""));

    private static byte[] Compress(byte[] content)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.SmallestSize)) gzip.Write(content);
        return compressed.ToArray();
    }

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".svg" => "image/svg+xml",
        var extension => throw new InvalidOperationException($"the portal has no content type for {extension}"),
    };
}
