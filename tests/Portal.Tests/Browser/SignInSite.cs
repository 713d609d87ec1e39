using System.Text.Json.Nodes;
using SshFunctions.Support.Broker;
using SshFunctions.Support.Files;
using SshFunctions.Support.OpenId;

namespace SshFunctions.Portal.Tests.Browser;

/// <summary>A site whose people sign in with the real OpenID provider.</summary>
public sealed class SignInSite : IAsyncLifetime, IDisposable
{
    private readonly PortalSite _site = new();
    private readonly TemporaryFolder _folder = new();
    private OpenIdProvider? _provider;

    public OpenIdProvider Provider => _provider ?? throw new InvalidOperationException("the provider is not started yet");

    public TestBroker Broker => _site.Broker;

    public Uri Portal => _site.Portal;

    public async Task InitializeAsync()
    {
        _provider = await OpenIdProvider.StartAsync();
        var identities = new JsonObject
        {
            ["issuers"] = new JsonArray(new JsonObject
            {
                ["name"] = "Example",
                ["issuer"] = _provider.Issuer,
                ["audiences"] = new JsonArray(OpenIdProvider.ClientId),
                ["kind"] = "person",
                ["subject"] = "{sub}",
                ["algorithms"] = new JsonArray("ES256"),
                ["clientId"] = OpenIdProvider.ClientId,
            }),
        };
        await _site.StartAsync(["--identities", _folder.Write("identities.json", identities.ToJsonString())]);
    }

    public Task<PortalSession> OpenAsync(PortalView? view = null) => _site.OpenAsync(view);

    public async Task DisposeAsync()
    {
        await _site.DisposeAsync();
        if (_provider is not null) await _provider.DisposeAsync();
    }

    public void Dispose()
    {
        _site.Dispose();
        _folder.Dispose();
    }
}
