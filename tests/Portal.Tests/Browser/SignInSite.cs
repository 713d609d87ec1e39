using System.Text.Json.Nodes;
using SshFunctions.Support.Files;
using SshFunctions.Support.OpenId;

namespace SshFunctions.Portal.Tests.Browser;

/// <summary>A broker whose people sign in with the real OpenID provider.</summary>
public sealed class SignInSite : PortalSite
{
    private OpenIdProvider? _provider;

    public OpenIdProvider Provider => _provider ?? throw new InvalidOperationException("the provider is not started yet");

    protected override async Task<string[]> OptionsAsync(TemporaryFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
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
        return ["--identities", folder.Write("identities.json", identities.ToJsonString())];
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        if (_provider is not null) await _provider.DisposeAsync();
    }
}
