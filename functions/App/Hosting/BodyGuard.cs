using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace SshFunctions.App.Hosting;

/// <summary>Refuses a body that is too large or not declared as JSON before anyone reads it.</summary>
/// <remarks>A body of unknown length is counted by Kestrel while it is read.</remarks>
internal sealed class BodyGuard(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.Declared() is { Function.GuardsBody: true }) return next(context);
        long? limit = context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize;
        if (context.Request.ContentLength > limit)
            return Problems.TooLarge($"The body has {context.Request.ContentLength} bytes; the broker takes {limit}.").ExecuteAsync(context);
        return context.Declared() is { Route.Request: not null } && !IsJson(context.Request)
            ? Problems.UnsupportedMediaType().ExecuteAsync(context)
            : next(context);
    }

    private static bool IsJson(HttpRequest request) =>
        request.Headers.ContentEncoding.Count == 0
        && request.Headers.ContentType.Count == 1
        && MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type)
        && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
        && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase));
}
