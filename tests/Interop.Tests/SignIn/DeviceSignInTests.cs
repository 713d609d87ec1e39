using System.Text.Json.Nodes;
using SshFunctions.Api;
using SshFunctions.Support.Broker;
using SshFunctions.Support.Files;
using SshFunctions.Support.OpenId;
using SshFunctions.Support.Processes;
using SshFunctions.Support.Programs;
using SshFunctions.Support.Sshfn;

namespace SshFunctions.Interop.Tests.SignIn;

/// <summary>A person signs in with a browser elsewhere: the real provider, the real broker and the real sshfn.</summary>
public sealed class DeviceSignInTests : IAsyncLifetime, IDisposable
{
    private const int Patience = 180_000;
    private const string Resource = "acme/production/web";

    private readonly TemporaryFolder _folder = new();
    private readonly SshfnUser _alice = new();
    private OpenIdProvider _provider = null!;
    private TestBroker _broker = null!;

    public async Task InitializeAsync()
    {
        _provider = await OpenIdProvider.StartAsync();
        string file = _folder.Write("identities.json", $$"""
            {"issuers":[{"name":"corp","issuer":"{{_provider.Issuer}}","audiences":["sshfn"],"algorithms":["ES256"],
              "kind":"person","subject":"{email}","userName":"{email|local}","clientId":"sshfn","scopes":["openid","email","offline_access"]}]}
            """);
        _broker = await TestBroker.StartAsync(_folder, ["--identities", file]);
        await _broker.Admin.PutResourceAsync(Resource, new ResourceRequest([new HostAddress("web.example.com")], ["deploy"]));
        await _broker.Admin.GrantAsync("alice", "alice@example.com", Resource);
    }

    public async Task DisposeAsync()
    {
        await _broker.DisposeAsync();
        await _provider.DisposeAsync();
    }

    public void Dispose()
    {
        _alice.Dispose();
        _folder.Dispose();
    }

    [Fact(Timeout = Patience)]
    public async Task Signs_in_renews_over_new_keys_and_gets_certificates_while_the_provider_is_away()
    {
        string url = _broker.Url.GetLeftPart(UriPartial.Authority);
        ProcessRun run = await DeviceSignIn.RunAsync(ProductProgram.Sshfn.Path, _alice.Environment, url, code => _provider.ApproveAsync(code, "alice"));
        Assert.Equal($"signed in to {url} as alice@example.com\n", run.Expect(0).Output);
        ProcessRun who = (await _alice.RunAsync("whoami")).Expect(0);
        Assert.Contains("user name  alice\n", who.Output, StringComparison.Ordinal);
        Assert.Contains($"issuer     {_provider.Issuer}\n", who.Output, StringComparison.Ordinal);

        // A token of the old keys is refused from now on, so this one was renewed.
        await _provider.RotateKeysAsync(keepOld: false);
        await EndTokenAsync();
        (await _alice.RunAsync("cert", "web.example.com", "22", "deploy")).Expect(0);
        (await _alice.RunAsync("whoami")).Expect(0);

        await _provider.StopAsync();
        (await _alice.RunAsync("cert", "--renew", "web.example.com", "22", "deploy")).Expect(0);
        Assert.Equal(2, (await _broker.Admin.JournalAsync("certificate.issued")).Count);

        await EndTokenAsync();
        ProcessRun away = (await _alice.RunAsync("cert", "--renew", "web.example.com", "22", "deploy")).Expect(1);
        Assert.Contains("sshfn: error: the identity provider", away.Error, StringComparison.Ordinal);
        await _provider.StartAgainAsync();
        (await _alice.RunAsync("whoami")).Expect(0);
    }

    /// <summary>Lets the stored token have ended, as time would.</summary>
    private async Task EndTokenAsync()
    {
        string file = _alice["home/config/credentials.json"];
        JsonNode stored = JsonNode.Parse(await File.ReadAllTextAsync(file))!;
        stored["expires"] = "2020-01-01T00:00:00+00:00";
        await File.WriteAllTextAsync(file, stored.ToJsonString());
    }
}
