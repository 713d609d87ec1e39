using Azure.Core;
using SshFunctions.Support.KeyVault;

namespace SshFunctions.Store.Tests.KeyVault;

/// <summary>Gives a token for whatever is asked, and remembers what was.</summary>
internal sealed class FixedCredential : TokenCredential
{
    public List<string> Scopes { get; } = [];

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => throw new NotSupportedException();

    public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        string scope = Assert.Single(requestContext.Scopes);
        lock (Scopes) Scopes.Add(scope);
        return ValueTask.FromResult(new AccessToken(
            FakeKeyVault.TokenFor(scope.Replace("/.default", "", StringComparison.Ordinal)), new DateTimeOffset(2099, 1, 1, 0, 0, 0, TimeSpan.Zero)));
    }
}
