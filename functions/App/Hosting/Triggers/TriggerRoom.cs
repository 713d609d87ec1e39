using System.Collections.Frozen;
using SshFunctions.Core;

namespace SshFunctions.App.Hosting.Triggers;

/// <summary>Answers the Functions host: its question whether the broker is there, and its invocations. Everything else goes on.</summary>
/// <remarks>
/// It stands before every other room and compares the raw target with the whole name, so no encoding of a path leads here. Each invocation
/// ends well before the host's own limit: at that the host kills the process and every request in it.
/// </remarks>
internal sealed class TriggerRoom(
    RequestDelegate next, TriggerSettings settings, IServiceProvider services, TimeProvider clock, ILogger<TriggerRoom> log)
{
    private static readonly EventId Invoked = new(32, "Invocation");
    private static readonly EventId Failed = new(33, "InvocationFailed");
    private readonly FrozenDictionary<string, FunctionTrigger> _triggers =
        settings.Triggers.ToFrozenDictionary(trigger => "/" + trigger.Name, StringComparer.Ordinal);

    /// <summary>Longest run of an invocation; less than half of what <c>host.json</c> allows.</summary>
    public static TimeSpan LongestRun { get; } = TimeSpan.FromMinutes(2);

    public Task InvokeAsync(HttpContext context)
    {
        string target = TriggerRequests.TargetOf(context);
        if (target == "/" && HttpMethods.IsGet(context.Request.Method)) return Task.CompletedTask; // 200, without a log line: it is asked every 25 ms.
        return HttpMethods.IsPost(context.Request.Method) && _triggers.TryGetValue(target, out FunctionTrigger? trigger)
            ? AnswerAsync(context, trigger)
            : next(context);
    }

    private async Task AnswerAsync(HttpContext context, FunctionTrigger trigger)
    {
        long start = clock.GetTimestamp();
        TriggerAnswer answer = await RunAsync(context, trigger);
        double milliseconds = Math.Round(clock.GetElapsedTime(start).TotalMilliseconds, 2);
        log.LogInformation(Invoked, "{Function} {Status} in {Milliseconds} ms: {Outcome}", trigger.Name, answer.Status, milliseconds, answer.Error ?? "done");
        await answer.WriteAsync(context.Response, context.RequestAborted);
    }

    private async Task<TriggerAnswer> RunAsync(HttpContext context, FunctionTrigger trigger)
    {
        if (TriggerRequests.WasProxied(context.Request)) return TriggerAnswer.NotFound;
        if (!TriggerRequests.IsJson(context.Request)) return TriggerAnswer.NotJson;
        using var limit = new CancellationTokenSource(LongestRun, clock);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, context.RequestAborted);
        try
        {
            ReadOnlyMemory<byte> body = await TriggerRequests.ReadAsync(context, ended.Token);
            if (!trigger.Read(body).Try(out TriggerCall? call, out Refusal? refusal))
                return TriggerAnswer.Malformed(StatusCodes.Status400BadRequest, refusal.Detail);
            // The wait ends also when what is waited for does not listen.
            await CallAsync(call, ended.Token).WaitAsync(ended.Token);
            return TriggerAnswer.Done;
        }
        catch (BadHttpRequestException malformed)
        {
            return TriggerAnswer.Malformed(malformed.StatusCode, "the body is too large, too slow or incomplete");
        }
        catch (Exception late) when (limit.IsCancellationRequested)
        {
            log.LogError(Failed, late, "{Function} was given up after {Minutes} minutes", trigger.Name, LongestRun.TotalMinutes);
            return TriggerAnswer.TooLate;
        }
        catch (Exception fault)
        {
            log.LogError(Failed, fault, "{Function} failed", trigger.Name);
            return TriggerAnswer.Failed;
        }
    }

    private async Task CallAsync(TriggerCall call, CancellationToken cancellationToken)
    {
        await settings.OpenAsync(services, cancellationToken);
        await call(services, cancellationToken);
    }
}
