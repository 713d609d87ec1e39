using System.Collections.Frozen;
using SshFunctions.App.Hosting.Settings;
using SshFunctions.Core;
using SshFunctions.Core.Callers.OpenId;

namespace SshFunctions.App.Hosting.OpenId;

/// <summary>Recognizes callers by tokens of the configured issuers.</summary>
internal sealed class WebTokenAuthenticator : IDisposable
{
    private readonly OpenIdIssuers _issuers;
    private readonly List<IssuerClient> _clients = [];
    private readonly FrozenDictionary<string, IssuerKeys> _keys;
    private readonly TimeProvider _clock;

    public WebTokenAuthenticator(BrokerProfile profile, TimeProvider clock, ILogger<IssuerKeys> log)
    {
        (_issuers, _clock) = (profile.Issuers, clock);
        // Two entries of one issuer, which differ in audience, share its keys.
        _keys = _issuers.All.Select(issuer => issuer.Issuer).Distinct().ToFrozenDictionary(issuer => issuer, issuer =>
        {
            var client = new IssuerClient(issuer);
            _clients.Add(client);
            return new IssuerKeys(issuer, client, clock, log);
        });
    }

    /// <summary>Judges a token. It is not spent yet, also when it is good for one use.</summary>
    public async ValueTask<Result<OpenIdIdentity>> AuthenticateAsync(string text, CancellationToken cancellationToken)
    {
        if (_issuers.All.IsEmpty)
            return new Refusal.Unauthenticated("this broker takes no JSON web tokens", "send an access token, as in Authorization: Bearer ID.SECRET");
        if (!JsonWebToken.Parse(text).Try(out JsonWebToken? token, out Refusal? refusal)
            || !_issuers.Find(token).Try(out OpenIdIssuer? issuer, out refusal)
            || !(await _keys[issuer.Issuer].ForAsync(token.KeyId, cancellationToken)).Try(out IssuerKeySet? keys, out refusal))
            return refusal;
        return issuer.Identify(token, keys, _clock.GetUtcNow());
    }

    public void Dispose() => _clients.ForEach(client => client.Dispose());
}
