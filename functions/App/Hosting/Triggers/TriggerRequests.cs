using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace SshFunctions.App.Hosting.Triggers;

/// <summary>Tells an invocation from what somebody sent to the public address, and reads it.</summary>
internal static class TriggerRequests
{
    /// <summary>Most bytes of an invocation.</summary>
    /// <remarks>A message has at most 48 KiB; escaped twice and copied into Metadata, 7 bytes of the body may stand for one of it, twice over.</remarks>
    public const int MaximumBodyBytes = 1024 * 1024;

    // What is too large is still read to its end: who has not sent all of it yet would find the connection cut instead of an answer.
    private const int MaximumReadBytes = 64 * 1024 * 1024;

    // The host sets each of them on every request that it proxies, over what the client sent, and none of them on an invocation.
    private static readonly string[] MarksOfProxied = ["X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "Forwarded"];

    /// <summary>The path and query as they came, before any server's idea of what they mean.</summary>
    public static string TargetOf(HttpContext context) => context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;

    public static bool WasProxied(HttpRequest request) => MarksOfProxied.Any(request.Headers.ContainsKey);

    public static bool IsJson(HttpRequest request) =>
        request.Headers.ContentEncoding.Count == 0
        && MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type)
        && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads the body whole.</summary>
    /// <exception cref="BadHttpRequestException">It is too large, came too slowly, or ended early.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpContext context, CancellationToken cancellationToken)
    {
        context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = MaximumReadBytes;
        var body = new MemoryStream();
        byte[] part = new byte[16 * 1024];
        while (await context.Request.Body.ReadAsync(part, cancellationToken) is > 0 and int count)
        {
            if (body.Length <= MaximumBodyBytes) body.Write(part, 0, count);
        }

        return body.Length <= MaximumBodyBytes
            ? body.GetBuffer().AsMemory(0, checked((int)body.Length))
            : throw new BadHttpRequestException("the body is too large", StatusCodes.Status413PayloadTooLarge);
    }
}
