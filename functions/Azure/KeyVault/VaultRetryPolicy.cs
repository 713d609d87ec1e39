using Azure.Core;
using Azure.Core.Pipeline;

namespace SshFunctions.Azure.KeyVault;

/// <summary>Asks again after a broken connection or a fault of the vault, but not when it says to wait: that wait is for the caller's client.</summary>
internal sealed class VaultRetryPolicy() : RetryPolicy(
    2, DelayStrategy.CreateExponentialDelayStrategy(TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(500)))
{
    protected override bool ShouldRetry(HttpMessage message, Exception? exception) => !IsTold(message) && base.ShouldRetry(message, exception);

    protected override ValueTask<bool> ShouldRetryAsync(HttpMessage message, Exception? exception) =>
        IsTold(message) ? ValueTask.FromResult(false) : base.ShouldRetryAsync(message, exception);

    private static bool IsTold(HttpMessage message) => message is { HasResponse: true, Response.Status: 429 or 503 };
}
