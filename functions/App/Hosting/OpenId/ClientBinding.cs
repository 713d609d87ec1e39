using System.Collections.Immutable;
using SshFunctions.Core;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Callers.OpenId;

namespace SshFunctions.App.Hosting.OpenId;

/// <summary>Makes the sign-in of people of what is written of an issuer.</summary>
internal sealed class ClientBinding(IssuerDocument written, CallerKind kind)
{
    private const string IdToken = "id_token";
    private const string AccessToken = "access_token";

    // offline_access: else people would sign in again whenever a token of an hour ends.
    private static readonly ImmutableArray<string> UsualScopes = ["openid", "email", "offline_access"];

    private readonly ImmutableArray<string> _scopes = written.Scopes is null ? UsualScopes : [.. written.Scopes];
    private readonly string _token = written.ClientToken ?? IdToken;

    /// <summary>How people sign in; null when they do not.</summary>
    public SignInClient? Client => written.ClientId is null ? null : new SignInClient(written.ClientId, _scopes, _token);

    public Refusal.Invalid? Fault()
    {
        if (written.ClientId is null)
        {
            return written.Scopes is null && written.ClientToken is null
                ? null
                : Wrong("clientId", "is missing: scopes and clientToken belong to it", "name the public client, or leave them out");
        }

        if (written.ClientId.Length == 0) return Wrong("clientId", "is empty", "name the public client, or leave it out");
        if (kind != CallerKind.Person) return Wrong("clientId", "is given, but only people sign in", "make the kind person, or leave it out");
        if (written.SingleUse == true)
            return Wrong("singleUse", "is given, but who signs in uses a token again and again", "leave clientId or singleUse out");
        if (_token is not (IdToken or AccessToken)) return Wrong("clientToken", "is neither id_token nor access_token", "choose one");
        if (_scopes.Any(scope => scope.Length == 0 || scope.Any(letter => letter is <= ' ' or > '~' or '"' or '\\')))
            return Wrong("scopes", "has one that is empty or has a blank", "write each scope as an element of its own");
        if (_token == IdToken && !_scopes.Contains("openid"))
            return Wrong("scopes", "lacks openid, without which there is no ID token", "add openid, or send the access_token");
        return _token == IdToken && !written.Audiences.Contains(written.ClientId)
            ? Wrong("audiences", "lacks the clientId, which is the aud of its ID tokens", $"add {written.ClientId}, or send the access_token")
            : null;
    }

    private Refusal.Invalid Wrong(string field, string what, string fix) => IssuerBinding.Wrong(written, field, what, fix);
}
