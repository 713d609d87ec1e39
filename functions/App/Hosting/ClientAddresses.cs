using SshFunctions.Core;

namespace SshFunctions.App.Hosting;

/// <summary>Finds out once where a request comes from, for limits, authentication and policy.</summary>
internal sealed class ClientAddresses(RequestDelegate next, TrustedProxies proxies)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (!proxies.SourceOf(context.Connection.RemoteIpAddress, context.Request.Headers).Try(out RequestSource? source, out Refusal? refusal))
            return Problems.From(refusal).ExecuteAsync(context);
        context.Features.Set(source);
        return next(context);
    }
}
