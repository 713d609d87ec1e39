using SshFunctions.Core;

namespace SshFunctions.App.Hosting.OpenId;

/// <summary>An issuer's endpoints as they were last seen. Anyone may ask for them, so an issuer is asked seldom, also while it is away.</summary>
internal sealed class KnownEndpoints(string issuer, IssuerClient client, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan FreshFor = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Spacing = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _turn = new(1);
    private IssuerEndpoints? _known;
    private DateTimeOffset? _asked;

    /// <summary>Who is asked.</summary>
    public IssuerClient Client => client;

    /// <summary>The endpoints.</summary>
    /// <returns>Them, also old ones while the issuer is away; <see cref="Refusal.Unavailable"/> when none were ever seen.</returns>
    public Task<Result<IssuerEndpoints>> FindAsync(CancellationToken cancellationToken) => FindAsync().WaitAsync(cancellationToken);

    // Who stops waiting does not stop the question: else whoever hangs up at once would keep everybody from signing in.
    private async Task<Result<IssuerEndpoints>> FindAsync()
    {
        await _turn.WaitAsync(CancellationToken.None);
        try
        {
            DateTimeOffset now = clock.GetUtcNow();
            if (_asked is null || now >= _asked + (_known is null ? Spacing : FreshFor))
            {
                _asked = now;
                if ((await client.FetchEndpointsAsync(CancellationToken.None)).Try(out IssuerEndpoints? seen, out _)) _known = seen;
            }

            return _known is { } known ? known : new Refusal.Unavailable($"{issuer} can't be asked where to sign in", Spacing);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose()
    {
        client.Dispose();
        _turn.Dispose();
    }
}
