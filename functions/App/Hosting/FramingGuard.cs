namespace SshFunctions.App.Hosting;

/// <summary>Refuses a body whose end one server sees elsewhere than the next, and closes: what follows could be a request of somebody else's.</summary>
/// <remarks>Kestrel takes "chunked" as often as it is written. Source: RFC 9112, section 6.1, "MUST NOT apply the chunked transfer coding more than once".</remarks>
internal sealed class FramingGuard(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.Request.Headers.TransferEncoding is { Count: > 0 } codings && !(codings.Count == 1 && "chunked".Equals(codings[0], StringComparison.OrdinalIgnoreCase)))
        {
            context.Response.Headers.Connection = "close";
            return Problems.Invalid("The body is framed by something else than one chunked coding.", "send it with Content-Length, or chunked once").ExecuteAsync(context);
        }

        return next(context);
    }
}
