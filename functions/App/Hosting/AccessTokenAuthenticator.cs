using System.Net;
using SshFunctions.Core;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Revocations;

namespace SshFunctions.App.Hosting;

/// <summary>Recognizes callers by the broker's own access tokens.</summary>
/// <remarks>A revoked subject is told so and may do nothing at all: else whoever stole its token could lift the revocation.</remarks>
internal sealed class AccessTokenAuthenticator(AccessTokenRegistry tokens, RevocationRegistry revocations) : ICallerAuthenticator
{
    public async ValueTask<Result<Caller>> AuthenticateAsync(PresentedCredential credential, IPAddress? source, CancellationToken cancellationToken)
    {
        Result<Caller> result = await tokens.AuthenticateAsync(credential.Id, credential.Secret, source, cancellationToken);
        if (!result.Try(out Caller? caller, out _)) return result;
        return await revocations.FindSubjectAsync(caller.Subject, cancellationToken) is { } revoked
            ? new Refusal.Denied($"{caller.Subject} is revoked: {revoked.Reason}", "someone who may revoke lifts the revocation")
            : result;
    }
}
