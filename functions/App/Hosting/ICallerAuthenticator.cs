using SshFunctions.Core;
using SshFunctions.Core.Callers;

namespace SshFunctions.App.Hosting;

/// <summary>Tells who presents a credential.</summary>
internal interface ICallerAuthenticator
{
    /// <summary>Looks the credential up.</summary>
    /// <returns>
    /// The caller; <see cref="Refusal.Unauthenticated"/> when it is unknown, expired or wrong; <see cref="Refusal.Denied"/> for the revoked;
    /// <see cref="Refusal.Unavailable"/> when it can't be judged now.
    /// </returns>
    /// <exception cref="Core.Ports.StoreUnavailableException">It could not be looked up.</exception>
    ValueTask<Result<Caller>> AuthenticateAsync(PresentedCredential credential, CancellationToken cancellationToken);
}
