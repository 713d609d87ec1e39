using Azure.Core;
using Azure.Identity;

namespace SshFunctions.Azure.Identity;

/// <summary>A credential that gives up: an identity endpoint that is absent or hangs is retried for minutes otherwise.</summary>
internal sealed class BoundedCredential(TokenCredential inner, TimeProvider clock) : TokenCredential
{
    /// <summary>The longest wait for one token. Cached ones take none.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        GetTokenAsync(requestContext, cancellationToken).AsTask().GetAwaiter().GetResult();

    public override async ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(Longest, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            // WaitAsync beside the token: what waits below does not look at it everywhere.
            return await inner.GetTokenAsync(requestContext, either.Token).AsTask().WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new AuthenticationFailedException($"no token came within {Longest.TotalSeconds:F0} s");
        }
    }
}
