using System.Net;
using SshFunctions.App.Hosting.OpenId;
using SshFunctions.Core;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Callers.OpenId;
using SshFunctions.Core.Revocations;

namespace SshFunctions.App.Hosting;

/// <summary>Recognizes callers by whatever they present, and refuses the revoked.</summary>
/// <remarks>A revoked subject is told so and may do nothing at all: else whoever stole its token could lift the revocation.</remarks>
internal sealed class CallerAuthenticator(
    AccessTokenRegistry accessTokens, WebTokenAuthenticator webTokens, SpentTokens spent, RevocationRegistry revocations, TimeProvider clock) : ICallerAuthenticator
{
    public ValueTask<Result<Caller>> AuthenticateAsync(
        PresentedCredential credential, IPAddress? source, CancellationToken cancellationToken) => credential switch
        {
            PresentedCredential.AccessToken token => ByAccessTokenAsync(token, source, cancellationToken),
            PresentedCredential.WebToken token => ByWebTokenAsync(token, cancellationToken),
            PresentedCredential.Principal principal => ByPrincipalAsync(principal, cancellationToken),
            _ => throw new InvalidOperationException($"nothing recognizes a {credential.GetType().Name}"),
        };

    private async ValueTask<Result<Caller>> ByAccessTokenAsync(
        PresentedCredential.AccessToken token, IPAddress? source, CancellationToken cancellationToken)
    {
        Result<Caller> result = await accessTokens.AuthenticateAsync(token.Id, token.Secret, source, cancellationToken);
        if (!result.Try(out Caller? caller, out _)) return result;
        return await FaultOfAsync(caller, cancellationToken) is { } revoked ? revoked : caller;
    }

    private async ValueTask<Result<Caller>> ByWebTokenAsync(PresentedCredential.WebToken token, CancellationToken cancellationToken)
    {
        if (!(await webTokens.AuthenticateAsync(token.Text, cancellationToken)).Try(out OpenIdIdentity? identity, out Refusal? refusal))
            return refusal;
        if (await FaultOfAsync(identity.Caller, cancellationToken) is { } revoked) return revoked;
        // After every check: a token that is refused for another reason is not used up.
        return identity.SingleUse is { } once
            && !(await spent.SpendAsync(once, cancellationToken)).Try(out _, out refusal)
                ? refusal
                : identity.Caller;
    }

    private async ValueTask<Result<Caller>> ByPrincipalAsync(PresentedCredential.Principal principal, CancellationToken cancellationToken)
    {
        if (!principal.Issuer.Identify(principal.Content, clock.GetUtcNow()).Try(out OpenIdIdentity? identity, out Refusal? refusal)) return refusal;
        return await FaultOfAsync(identity.Caller, cancellationToken) is { } revoked ? revoked : identity.Caller;
    }

    private async ValueTask<Refusal.Denied?> FaultOfAsync(Caller caller, CancellationToken cancellationToken) =>
        await revocations.FindSubjectAsync(caller.Subject, cancellationToken) is { } revoked
            ? new Refusal.Denied($"{caller.Subject} is revoked: {revoked.Reason}", "someone who may revoke lifts the revocation")
            : null;
}
