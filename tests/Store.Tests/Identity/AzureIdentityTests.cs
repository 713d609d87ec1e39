using Azure.Core;
using Azure.Identity;
using SshFunctions.Azure.Identity;
using SshFunctions.Core;
using SshFunctions.Support.Time;

namespace SshFunctions.Store.Tests.Identity;

public sealed class AzureIdentityTests
{
    private const string ClientId = "9a1c7b52-0c5d-4f0e-8f6a-1b2c3d4e5f60";

    [Theory]
    [InlineData("managed")]
    [InlineData("managed:" + ClientId)]
    [InlineData("workload")]
    public void Reads(string text) => Assert.True(AzureIdentity.Parse(text).Succeeded);

    [Theory]
    [InlineData("")]
    [InlineData("default")]
    [InlineData("Managed")]
    [InlineData("managed:")]
    [InlineData("managed:me")]
    [InlineData("managed:{9a1c7b52-0c5d-4f0e-8f6a-1b2c3d4e5f60}")]
    [InlineData("workload:x")]
    public void Refuses(string text)
    {
        Refusal.Invalid refusal = Assert.IsType<Refusal.Invalid>(AzureIdentity.Parse(text).Refusal);
        Assert.Equal("azure-identity", refusal.Field);
        Assert.NotNull(refusal.Fix);
    }

    [Theory]
    [InlineData("AZURE_TENANT_ID")]
    [InlineData("AZURE_CLIENT_ID")]
    [InlineData("AZURE_FEDERATED_TOKEN_FILE")]
    public void Names_the_variable_that_a_workload_lacks(string missing)
    {
        Refusal refusal = new AzureIdentity.Workload().Open(name => name == missing ? "" : "x", TimeProvider.System).Refusal!;
        Assert.Contains($"{missing} is not set", refusal.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_an_authority_that_is_not_https()
    {
        Refusal refusal = new AzureIdentity.Workload().Open(name => name == "AZURE_AUTHORITY_HOST" ? "http://idp/" : "x", TimeProvider.System).Refusal!;
        Assert.Contains("AZURE_AUTHORITY_HOST", refusal.Detail, StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task Gives_up_when_no_token_comes()
    {
        var clock = new ManualClock();
        var credential = new BoundedCredential(new HangingCredential(), clock);
        Task<AccessToken> token = credential.GetTokenAsync(new TokenRequestContext(["https://vault.azure.net/.default"]), CancellationToken.None).AsTask();
        Assert.False(token.IsCompleted);
        clock.Advance(BoundedCredential.Longest);
        await Assert.ThrowsAsync<AuthenticationFailedException>(() => token);
    }

    private sealed class HangingCredential : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => throw new NotSupportedException();

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new(new TaskCompletionSource<AccessToken>().Task);
    }
}
