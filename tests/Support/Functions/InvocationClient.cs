using Newtonsoft.Json;

namespace SshFunctions.Support.Functions;

/// <summary>Invokes queue and timer functions by the JSON protocol, and judges the answers as the host does.</summary>
/// <remarks>Source: azure-functions-host, DefaultHttpWorkerService.ProcessDefaultInvocationRequest, WebScriptHostExceptionHandler.</remarks>
internal sealed class InvocationClient(Handler handler, HttpClient http, HostConfiguration configuration, TimeProvider clock)
{
    public const string HostVersion = "4.1037.0.0";

    /// <summary>Invokes a function.</summary>
    /// <returns>Null for success, else what the host did not like.</returns>
    public async Task<string?> InvokeAsync(string function, HostInvocation invocation, CancellationToken cancellationToken)
    {
        await handler.WaitUntilReadyAsync(cancellationToken);
        HandlerProcess process = handler.Process;
        using var limit = new CancellationTokenSource(configuration.FunctionTimeout, clock);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await SendAsync(new Uri(process.Url, function), invocation, ended.Token);
            return null;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            // There is one handler: every other call that it has in hand dies with this one.
            await handler.RestartAsync(process);
            return "timeout";
        }
        catch (Exception fault) when (fault is HttpRequestException or UnsupportedMediaTypeException or JsonException or IOException)
        {
            return fault.Message;
        }
    }

    private async Task SendAsync(Uri url, HostInvocation invocation, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = invocation.ToContent() };
        request.Headers.UserAgent.ParseAdd("Azure-Functions-Host/" + HostVersion);
        request.Headers.Add("X-Azure-Functions-InvocationId", Guid.NewGuid().ToString());
        request.Headers.Add("X-Azure-Functions-HostVersion", HostVersion);
        using HttpResponseMessage response = await http.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
        // An empty body and null are read as nothing, and nothing completes the invocation: it lasts until its limit.
        if (await response.Content.ReadAsAsync<HostReply>(cancellationToken) is null)
            await Task.Delay(Timeout.InfiniteTimeSpan, clock, cancellationToken);
    }
}
