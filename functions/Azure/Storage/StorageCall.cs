using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using SshFunctions.Core.Ports;

namespace SshFunctions.Azure.Storage;

/// <summary>One call of a port: every request and every try of it within one bounded time.</summary>
internal sealed class StorageCall : IDisposable
{
    private readonly HttpPipeline _pipeline;
    private readonly StorageOptions _options;
    private readonly SemaphoreSlim _turns;
    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource _deadline;
    private readonly CancellationTokenSource _either;
    private readonly long _begun;

    // In the account's logs, every try of a call is found by this.
    private readonly string _id = Guid.NewGuid().ToString();

    public StorageCall(HttpPipeline pipeline, StorageOptions options, SemaphoreSlim turns, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _pipeline = pipeline;
        _options = options;
        _turns = turns;
        _caller = cancellationToken;
        _deadline = new CancellationTokenSource(options.Patience.Call, options.Clock);
        _either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _deadline.Token);
        _begun = options.Clock.GetTimestamp();
    }

    /// <summary>Sends a request until there is an answer to go by.</summary>
    /// <param name="prepare">Fills in a fresh request, once for each try.</param>
    /// <param name="unwrap">Takes the answer out of its envelope; a <see cref="FormatException"/> of it is a failed try.</param>
    /// <returns>The answer: neither a refused signature nor a transient fault.</returns>
    /// <exception cref="StoreUnavailableException">There was none in time.</exception>
    public async Task<StorageAnswer> SendAsync(Action<Request> prepare, Func<StorageAnswer, StorageAnswer>? unwrap = null)
    {
        bool isLost = false;
        for (int triedCount = 1; ; triedCount++)
        {
            (StorageAnswer? answer, FailedTry? failed) = await TryInTurnAsync(prepare, unwrap);
            if (failed is null) return answer! with { FollowsLostTry = isLost };
            isLost |= failed.MayHaveHappened;
            // A connection that broke says nothing about load, and the sooner one asks again the fewer have come after.
            TimeSpan delay = failed.RetryAfter ?? (triedCount == 1 && failed.IsBroken ? TimeSpan.Zero : StoragePatience.DelayAfter(triedCount));
            if (failed.IsFinal || _options.Clock.GetElapsedTime(_begun) + delay >= _options.Patience.Call) throw failed.ToException();
            await Task.Delay(delay, _options.Clock, _caller);
        }
    }

    public void Dispose()
    {
        _either.Dispose();
        _deadline.Dispose();
    }

    private async Task<(StorageAnswer? Answer, FailedTry? Failed)> TryInTurnAsync(
        Action<Request> prepare, Func<StorageAnswer, StorageAnswer>? unwrap)
    {
        try
        {
            await _turns.WaitAsync(_either.Token);
        }
        catch (OperationCanceledException late) when (!_caller.IsCancellationRequested)
        {
            return (null, new FailedTry("too many requests wait for storage", MayHaveHappened: false, IsFinal: true, Cause: late));
        }

        try
        {
            return await TryAsync(prepare, unwrap);
        }
        finally
        {
            _turns.Release();
        }
    }

    private async Task<(StorageAnswer? Answer, FailedTry? Failed)> TryAsync(Action<Request> prepare, Func<StorageAnswer, StorageAnswer>? unwrap)
    {
        using HttpMessage message = _pipeline.CreateMessage();
        message.Request.ClientRequestId = _id;
        prepare(message.Request);
        try
        {
            await _pipeline.SendAsync(message, _either.Token);
            var answer = StorageAnswer.Of(message.Response, _options.Clock);
            if (answer.IsSuccess && unwrap is not null) answer = unwrap(answer);
            return (answer, FailedTry.Of(answer));
        }
        catch (AuthenticationFailedException failed)
        {
            return (null, new FailedTry("the identity gets no token for storage", MayHaveHappened: false, IsFinal: true, Cause: failed));
        }
        catch (Exception failed) when (failed is RequestFailedException or IOException or FormatException or AggregateException)
        {
            return (null, new FailedTry($"storage can't be reached or broke off: {failed.Message}", !IsUnsent(failed), IsFinal: false, Cause: failed)
            {
                IsBroken = true,
            });
        }
        catch (OperationCanceledException slow) when (!_caller.IsCancellationRequested)
        {
            return (null, new FailedTry("storage did not answer in time", MayHaveHappened: true, _deadline.IsCancellationRequested, Cause: slow));
        }
    }

    // Where no connection came about, nothing was asked for.
    private static bool IsUnsent(Exception failed) => failed.InnerException is HttpRequestException
    {
        HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError
            or HttpRequestError.ProxyTunnelError,
    };
}
