using Azure.Core;
using SshFunctions.Support.Azurite;

namespace SshFunctions.Store.Tests.Tables;

/// <summary>An identity that always has the token at hand that Azurite takes.</summary>
internal sealed class FixedTokenCredential(string audience = AzuriteToken.StorageAudience) : TokenCredential
{
    private readonly AccessToken _token = new(AzuriteToken.For(audience), DateTimeOffset.MaxValue);

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => _token;

    public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(_token);
}
