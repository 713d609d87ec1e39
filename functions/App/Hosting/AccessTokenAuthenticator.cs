using SshFunctions.Core;
using SshFunctions.Core.Callers;

namespace SshFunctions.App.Hosting;

/// <summary>Recognizes callers by the broker's own access tokens.</summary>
internal sealed class AccessTokenAuthenticator(AccessTokenRegistry tokens) : ICallerAuthenticator
{
    public async ValueTask<Result<Caller>> AuthenticateAsync(PresentedCredential credential, CancellationToken cancellationToken) =>
        await tokens.AuthenticateAsync(credential.Id, credential.Secret, cancellationToken);
}
