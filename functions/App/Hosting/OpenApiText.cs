using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace SshFunctions.App.Hosting;

/// <summary>The OpenAPI document as bytes, written once: anyone may ask for it, so it must cost nothing to give.</summary>
internal sealed class OpenApiText([FromKeyedServices(OpenApiText.DocumentName)] IOpenApiDocumentProvider documents)
{
    public const string DocumentName = "v1";

    private readonly Lock _lock = new();
    private Task<byte[]>? _bytes;

    public Task<byte[]> ReadAsync()
    {
        lock (_lock)
            return _bytes is { IsFaulted: false } ? _bytes : _bytes = WriteAsync();
    }

    private async Task<byte[]> WriteAsync()
    {
        OpenApiDocument document = await documents.GetOpenApiDocumentAsync();
        using var bytes = new MemoryStream();
        await document.SerializeAsJsonAsync(bytes, OpenApiSpecVersion.OpenApi3_1);
        return bytes.ToArray();
    }
}
