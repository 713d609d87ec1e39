using System.Diagnostics;
using SshFunctions.App.Hosting.Opening;
using SshFunctions.Core.Ports;

namespace SshFunctions.App.Hosting;

/// <summary>The outermost room of a request: correlation id, default headers, one log line, and a problem for whatever went wrong.</summary>
internal sealed class RequestRim(RequestDelegate next, ILogger<RequestRim> log)
{
    private static readonly EventId Served = new(1, "Request");
    private static readonly EventId Failed = new(2, "Defect");
    private static readonly EventId Away = new(3, "StoreUnavailable");

    public async Task InvokeAsync(HttpContext context)
    {
        long start = Stopwatch.GetTimestamp();
        // The id of the client's trace context when it sent one, so that both logs can be joined.
        context.TraceIdentifier = (Activity.Current?.TraceId ?? ActivityTraceId.CreateRandom()).ToHexString();
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.XContentTypeOptions = "nosniff";

        ProblemAnswer? problem = await RunAsync(context);
        if (problem is not null && context.Response.HasStarted)
            context.Abort(); // A truncated answer must not pass for a whole one.
        else if (problem is not null)
            await problem.ExecuteAsync(context);

        string method = KnownMethod(context.Request.Method);
        string route = context.Declared()?.Route.Template ?? "unknown";
        Describe(Activity.Current, method, route, context.Response.StatusCode);
        double milliseconds = Math.Round(Stopwatch.GetElapsedTime(start).TotalMilliseconds, 2);
        log.LogInformation(Served, "{Method} {Route} {Status} in {Milliseconds} ms", method, route, context.Response.StatusCode, milliseconds);
    }

    // The server's own span has no name but its class; these are OpenTelemetry's names for HTTP servers, without the query.
    private static void Describe(Activity? span, string method, string route, int status)
    {
        if (span is not { IsAllDataRequested: true })
            return;
        span.DisplayName = $"{method} {route}";
        span.SetTag("http.request.method", method).SetTag("http.route", route).SetTag("http.response.status_code", status);
        if (status >= 500)
            span.SetStatus(ActivityStatusCode.Error);
    }

    private async Task<ProblemAnswer?> RunAsync(HttpContext context)
    {
        try
        {
            await next(context);
            return context.Response.HasStarted || context.Response.ContentType is not null
                ? null
                : Problems.FromBare(context.Response.StatusCode, KnownMethod(context.Request.Method));
        }
        catch (BadHttpRequestException malformed)
        {
            return Problems.From(malformed);
        }
        catch (IOException malformed) when (malformed.InnerException is OverflowException)
        {
            // Kestrel's own way of saying that a chunk announces more than 2 GiB.
            return Problems.From(new BadHttpRequestException(malformed.Message));
        }
        catch (StoreUnavailableException away)
        {
            log.LogError(Away, away, "The store is away");
            return Problems.From(away);
        }
        catch (SignerUnavailableException away)
        {
            log.LogError(Away, away, "A signing key is away");
            return Problems.From(away);
        }
        catch (BrokerNotOpenException closed)
        {
            log.LogError(Away, closed, "The broker is not open");
            return Problems.NotOpen();
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return null;
        }
        catch (Exception defect)
        {
            log.LogError(Failed, defect, "A request failed");
            return Problems.Defect();
        }
    }

    // A method is the client's text; only those of RFC 9110 reach the log and the problem.
    private static string KnownMethod(string method) => HttpMethods.GetCanonicalizedValue(method) switch
    {
        "GET" or "HEAD" or "POST" or "PUT" or "DELETE" or "PATCH" or "OPTIONS" or "TRACE" or "CONNECT" => method,
        _ => "another method",
    };
}
