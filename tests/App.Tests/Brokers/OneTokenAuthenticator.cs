using System.Net;
using SshFunctions.App.Hosting;
using SshFunctions.Core;
using SshFunctions.Core.Callers;

namespace SshFunctions.App.Tests.Brokers;

/// <summary>Knows one token, <c>id1.right</c> of alice or of a host, and counts how often it is asked.</summary>
internal sealed class OneTokenAuthenticator(CallerKind kind = CallerKind.Person) : ICallerAuthenticator
{
    private int _asked;

    public int Asked => _asked;

    /// <summary>Where the last credential came from.</summary>
    public IPAddress? Source { get; private set; }

    public ValueTask<Result<Caller>> AuthenticateAsync(PresentedCredential credential, IPAddress? source, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _asked);
        Source = source;
        return ValueTask.FromResult<Result<Caller>>(credential is PresentedCredential.AccessToken { Id: "id1" } token && token.Secret.Reveal() == "right"
            ? new Caller(kind, Subject.Parse("alice"), [], "id1")
            : new Refusal.Unauthenticated("The token is unknown, expired or wrong.", "make a new one"));
    }
}
