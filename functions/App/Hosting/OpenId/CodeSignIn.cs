using System.Buffers;
using System.Collections.Frozen;
using System.Net;
using SshFunctions.Api;
using SshFunctions.App.Hosting.Settings;
using SshFunctions.Core;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Callers.OpenId;
using SshFunctions.Core.Journal;

namespace SshFunctions.App.Hosting.OpenId;

/// <summary>Signs people in with a browser: authorization code with PKCE, redeemed here so that the portal talks to nobody but the broker.</summary>
/// <remarks>
/// The redirect address is the broker's own portal, never the request's: a code that was sent elsewhere is not redeemed. Who took a
/// code on its way has no verifier. Of several issuers none gets the code of another: the browser says from whom it came, and an answer
/// that says nothing counts only when every other issuer would have said. Source: RFC 9700, sections 2.1 and 4.4; RFC 9207; OpenID
/// Connect Core 1.0, section 3.1.
/// </remarks>
internal sealed class CodeSignIn : IDisposable
{
    private const int LongestCode = 4096;
    private static readonly SearchValues<char> Unreserved =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~");

    private readonly FrozenDictionary<string, OpenIdIssuer> _issuers;
    private readonly FrozenDictionary<string, KnownEndpoints> _endpoints;
    private readonly BrokerUrl _broker;
    private readonly ICallerAuthenticator _authenticator;
    private readonly JournalWriter _journal;

    public CodeSignIn(BrokerProfile profile, BrokerUrl broker, ICallerAuthenticator authenticator, JournalWriter journal, TimeProvider clock)
    {
        (_broker, _authenticator, _journal) = (broker, authenticator, journal);
        _issuers = profile.Issuers.All.Where(issuer => issuer.Client is not null).ToFrozenDictionary(issuer => issuer.Name);
        _endpoints = _issuers.Values.ToFrozenDictionary(
            issuer => issuer.Name, issuer => new KnownEndpoints(issuer.Name, new IssuerClient(issuer.Issuer), clock));
    }

    /// <summary>What a browser needs to begin.</summary>
    /// <returns>That; <see cref="Refusal.NotFound"/>, <see cref="Refusal.Unavailable"/>, or <see cref="Refusal.Conflict"/> when the broker does not know its own address.</returns>
    public async Task<Result<CodeSignInStart>> BeginAsync(string name, CancellationToken cancellationToken)
    {
        if (!Find(name).Try(out OpenIdIssuer? issuer, out Refusal? refusal)
            || !RedirectUri().Try(out string? back, out refusal)
            || !(await _endpoints[issuer.Name].FindAsync(cancellationToken)).Try(out IssuerEndpoints? endpoints, out refusal))
            return refusal;
        SignInClient client = issuer.Client!;
        return new CodeSignInStart(
            endpoints.Authorization.AbsoluteUri, client.Id, [.. client.Scopes.Where(scope => scope != "offline_access")], back);
    }

    /// <summary>Redeems the code that a browser came back with, judges the token as any other, and records who signed in.</summary>
    /// <returns>The token; <see cref="Refusal.Unauthenticated"/> when code, verifier, nonce or token are none.</returns>
    public async Task<Result<CodeSignInResponse>> FinishAsync(CodeSignInRequest request, IPAddress? source, CancellationToken cancellationToken)
    {
        if (!Find(request.Issuer).Try(out OpenIdIssuer? issuer, out Refusal? refusal)
            || !RedirectUri().Try(out string? back, out refusal)) return refusal;
        if (FaultOf(request, back) is { } fault) return fault;
        if (await MixUpOfAsync(issuer, request.Iss, cancellationToken) is { } mixUp) return mixUp;
        if (!(await RedeemAsync(issuer, request, cancellationToken)).Try(out CodeTokens? tokens, out refusal)
            || !TokenOf(issuer, tokens, request.Nonce).Try(out string? token, out refusal)) return refusal;
        using var credential = new PresentedCredential.WebToken(token);
        if (!(await _authenticator.AuthenticateAsync(credential, source, cancellationToken)).Try(out Caller? caller, out refusal)) return refusal;
        DateTimeOffset expires = caller.Expires ?? throw new InvalidOperationException("a JSON web token always ends");
        await _journal.AppendAsync(caller, new JournalEvent.PortalSignedIn(expires), cancellationToken);
        return new CodeSignInResponse(token, expires);
    }

    public void Dispose()
    {
        foreach (KnownEndpoints endpoints in _endpoints.Values) endpoints.Dispose();
    }

    private Result<OpenIdIssuer> Find(string name) => _issuers.TryGetValue(name, out OpenIdIssuer? issuer)
        ? issuer
        : new Refusal.NotFound("nobody signs in with an issuer of that name", $"{Routes.SignIn} lists them");

    private Result<string> RedirectUri() =>
        _broker.Find().Try(out string? url, out Refusal? refusal) ? url + "/api/portal/" : refusal;

    private static Refusal.Invalid? FaultOf(CodeSignInRequest request, string back)
    {
        if (request.RedirectUri != back)
            return new Refusal.Invalid("redirectUri", "the code was sent to another address than this broker's portal", $"sign in at {back}");
        if (request.Code.Length is 0 or > LongestCode) return new Refusal.Invalid("code", "the code is empty or too long", "sign in again");
        if (!IsRandom(request.CodeVerifier)) return new Refusal.Invalid("codeVerifier", "the verifier is none", "send 43 to 128 of A-Z a-z 0-9 - . _ ~");
        return IsRandom(request.Nonce) ? null : new Refusal.Invalid("nonce", "the nonce is none", "send 43 to 128 of A-Z a-z 0-9 - . _ ~");
    }

    private static bool IsRandom(string text) => text.Length is >= 43 and <= 128 && !text.AsSpan().ContainsAnyExcept(Unreserved);

    /// <summary>Why the code may be another issuer's, which this one must not get.</summary>
    private async Task<Refusal?> MixUpOfAsync(OpenIdIssuer chosen, string? named, CancellationToken cancellationToken)
    {
        if (named == chosen.Issuer) return null;
        var mixUp = new Refusal.Unauthenticated($"the code does not say that it comes from {chosen.Name}", "sign in again; when it happens again, its operator should know");
        if (named is not null) return mixUp;
        if (!(await _endpoints[chosen.Name].FindAsync(cancellationToken)).Try(out IssuerEndpoints? own, out Refusal? refusal)) return refusal;
        if (own.NamesItself) return mixUp;
        foreach (string other in _endpoints.Keys.Where(name => name != chosen.Name))
        {
            Result<IssuerEndpoints> asked = await _endpoints[other].FindAsync(cancellationToken);
            if (!asked.Try(out IssuerEndpoints? endpoints, out _) || !endpoints.NamesItself)
            {
                return new Refusal.Unauthenticated(
                    $"the code may be from {chosen.Name} or from {other}: neither says so",
                    "use sshfn login or an access token; an operator lets issuers send iss (RFC 9207), or leaves one without it");
            }
        }

        return null;
    }

    private async Task<Result<CodeTokens>> RedeemAsync(OpenIdIssuer issuer, CodeSignInRequest request, CancellationToken cancellationToken)
    {
        KnownEndpoints known = _endpoints[issuer.Name];
        if (!(await known.FindAsync(cancellationToken)).Try(out IssuerEndpoints? endpoints, out Refusal? refusal)) return refusal;
        Result<CodeTokens> result = await known.Client.RedeemAsync(endpoints.Token, new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["client_id"] = issuer.Client!.Id,
            ["code"] = request.Code,
            ["code_verifier"] = request.CodeVerifier,
            ["redirect_uri"] = request.RedirectUri,
        }, cancellationToken);
        // Why an issuer is away is for operators, and it is not the request that is wrong.
        return result.Refusal is Refusal.Invalid ? new Refusal.Unavailable($"{issuer.Name} does not answer", TimeSpan.FromSeconds(5)) : result;
    }

    /// <summary>The token to send from now on. The nonce says that the issuer made it for this browser's sign-in.</summary>
    private static Result<string> TokenOf(OpenIdIssuer issuer, CodeTokens tokens, string nonce)
    {
        if (tokens.IdToken is null ? issuer.Client!.Scopes.Contains("openid") : !IsOf(issuer, tokens.IdToken, nonce))
            return new Refusal.Unauthenticated($"{issuer.Name} gave no ID token of this sign-in", "sign in again");
        string? token = issuer.Client!.Token == "id_token" ? tokens.IdToken : tokens.AccessToken;
        // An issuer vouches for its own people only, also when it hands out what another has signed.
        return token is not null && IsOf(issuer, token, nonce: null)
            ? token
            : new Refusal.Unauthenticated($"{issuer.Name} gave no {issuer.Client.Token} of its own", "its operator lets the client have one");
    }

    // Straight from the token endpoint over TLS, so its signature says nothing more. Source: OpenID Connect Core 1.0, section 3.1.3.7.
    private static bool IsOf(OpenIdIssuer issuer, string text, string? nonce) =>
        JsonWebToken.Parse(text).Try(out JsonWebToken? token, out _) && token.Issuer == issuer.Issuer && (nonce is null || token.HasNonce(nonce));
}
