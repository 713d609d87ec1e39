using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace SshFunctions.Support.Functions;

/// <summary>Passes a request on to the handler as the host's proxy does.</summary>
/// <remarks>
/// Source: azure-functions-host, DefaultHttpProxyService over YARP: same method, path and query; Host replaced; X-Forwarded-* overwritten
/// with the host's own view; bodies streamed both ways; ten tries while nobody listens.
/// </remarks>
internal sealed class RequestForwarder(Handler handler, HttpClient http)
{
    private const int MaximumTryCount = 10;
    private const int CopyBytes = 16 * 1024;
    private const string PathCharacters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~!$&'()*+,;=:@/";
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(250);

    // Of one connection, not of the request.
    private static readonly HashSet<string> HopByHop = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Keep-Alive", "Proxy-Authenticate", "Proxy-Authorization", "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding", "Upgrade", "Host",
    };

    public async Task ForwardAsync(HttpContext context)
    {
        string invocationId = Guid.NewGuid().ToString();
        for (int tried = 1; ; tried++)
        {
            try
            {
                using HttpRequestMessage request = Translate(context.Request, invocationId);
                using HttpResponseMessage response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
                await AnswerAsync(context.Response, response, context.RequestAborted);
                return;
            }
            catch (HttpRequestException refused) when (refused.InnerException is SocketException && tried < MaximumTryCount)
            {
                TimeSpan pause = FirstPause * tried;
                await Task.Delay(pause < LongestPause ? pause : LongestPause, context.RequestAborted);
            }
            catch (HttpRequestException)
            {
                context.Response.StatusCode = StatusCodes.Status500InternalServerError;
                return;
            }
        }
    }

    private HttpRequestMessage Translate(HttpRequest incoming, string invocationId)
    {
        var request = new HttpRequestMessage(new HttpMethod(incoming.Method), UrlOf(incoming)) { Version = HttpVersion.Version11 };
        if (incoming.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: true })
            request.Content = new StreamContent(incoming.Body);
        foreach ((string name, StringValues values) in incoming.Headers)
        {
            if (HopByHop.Contains(name)) continue;
            if (!request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values)) request.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
        }

        Set(request, "X-Forwarded-For", incoming.HttpContext.Connection.RemoteIpAddress?.ToString());
        Set(request, "X-Forwarded-Host", incoming.Host.Value);
        Set(request, "X-Forwarded-Proto", incoming.Scheme);
        Set(request, "X-Azure-Functions-InvocationId", invocationId);
        Set(request, "x-ms-invocation-id", invocationId);
        Set(request, "X-Azure-Functions-HostVersion", InvocationClient.HostVersion);
        return request;
    }

    /// <summary>The decoded path, encoded again: <c>%2F</c>, which the server leaves as it is, arrives as <c>%252F</c>.</summary>
    private Uri UrlOf(HttpRequest incoming)
    {
        var path = new StringBuilder();
        foreach (byte unit in Encoding.UTF8.GetBytes(incoming.Path.Value ?? "/"))
        {
            if (PathCharacters.Contains((char)unit, StringComparison.Ordinal)) path.Append((char)unit);
            else path.Append(CultureInfo.InvariantCulture, $"%{unit:X2}");
        }

        return new Uri($"{handler.Process.Url.GetLeftPart(UriPartial.Authority)}{path}{incoming.QueryString.Value}");
    }

    private static void Set(HttpRequestMessage request, string name, string? value)
    {
        request.Headers.Remove(name);
        if (value is not null) request.Headers.TryAddWithoutValidation(name, value);
    }

    private static async Task AnswerAsync(HttpResponse outgoing, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        outgoing.StatusCode = (int)response.StatusCode;
        foreach ((string name, IEnumerable<string> values) in response.Headers.Concat(response.Content.Headers))
        {
            if (!HopByHop.Contains(name)) outgoing.Headers[name] = values.ToArray();
        }

        await outgoing.StartAsync(cancellationToken);
        await using Stream body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[CopyBytes];
        for (int count; (count = await body.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            await outgoing.Body.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
            await outgoing.Body.FlushAsync(cancellationToken);
        }
    }
}
