using System.Text.Json.Nodes;
using SshFunctions.Api;
using SshFunctions.Support.Broker;
using SshFunctions.Support.Files;
using SshFunctions.Support.OpenId;
using SshFunctions.Support.Processes;
using SshFunctions.Support.Sshd;

namespace SshFunctions.Interop.Tests.Host;

/// <summary>A machine of a cloud enrolls by who it is: no secret is brought to it, and its issuer's claims say which resource it becomes.</summary>
public sealed class MachineIdentityTests : IAsyncLifetime, IDisposable
{
    private const int Patience = 180_000;
    private const string Machine = "/subscriptions/1/resourcegroups/production/providers/Microsoft.Compute/virtualMachines/web";

    private readonly TemporaryFolder _folder = new();
    private readonly SigningIssuer _issuer = new();
    private EnrollableSshd _server = null!;
    private TestBroker _broker = null!;

    private string Broker => _broker.Url.GetLeftPart(UriPartial.Authority);

    public async Task InitializeAsync()
    {
        string file = _folder.Write("identities.json", $$"""
            {"issuers":[{"name":"azure","issuer":"{{_issuer.Issuer}}","audiences":["sshfn"],"algorithms":["ES256"],"kind":"service",
              "subject":"vm:{oid}","host":"acme/production/{xms_mirid|last}","conditions":{"tid":["contoso"]} }]}
            """);
        _broker = await TestBroker.StartAsync(_folder, ["--identities", file]);
        _server = await EnrollableSshd.StartAsync();
        await _broker.Admin.PutResourceAsync("acme/production/web", new ResourceRequest([new HostAddress("127.0.0.1", _server.Port)], [_server.Login]));
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        await _broker.DisposeAsync();
    }

    public void Dispose()
    {
        _issuer.Dispose();
        _folder.Dispose();
    }

    [Fact(Timeout = Patience)]
    public async Task Becomes_the_resource_that_its_claims_name()
    {
        using var metadata = new MetadataService(audience => _issuer.Sign(Claims(audience)));

        ProcessRun run = (await EnrollAsync(metadata, "--identity-audience", "sshfn")).Expect(0);

        Assert.Contains("resource  acme/production/web\n", run.Output, StringComparison.Ordinal);
        Assert.Equal(["sshfn"], metadata.Audiences);
        HostResponse host = Assert.Single(await _broker.Admin.ListAsync<HostResponse>(Routes.Hosts));
        Assert.Equal("acme/production/web", host.Resource);
    }

    [Fact(Timeout = Patience)]
    public async Task Is_shown_to_the_broker_by_its_address_when_nobody_says_otherwise_and_refused_where_it_is_not_for_it()
    {
        using var metadata = new MetadataService(audience => _issuer.Sign(Claims(audience)));

        (await EnrollAsync(metadata)).Expect(3);

        Assert.Equal([Broker], metadata.Audiences);
        Assert.False(Directory.Exists(_server.Files.Folder));
    }

    [Fact(Timeout = Patience)]
    public async Task A_machine_without_an_identity_is_told_so()
    {
        using var metadata = new MetadataService(_ => null);

        ProcessRun run = (await EnrollAsync(metadata)).Expect(1);

        Assert.Contains("the metadata service answered 400 and gave no token", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_server.Files.Folder));
    }

    private Task<ProcessRun> EnrollAsync(MetadataService metadata, params string[] options) => _server.HostAsync(
        "enroll", null, ["--broker", Broker, "--identity", "azure", "--metadata-url", metadata.Address, "--no-sessions", .. _server.Machine, .. options]);

    private JsonObject Claims(string audience)
    {
        long now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        return new JsonObject
        {
            ["iss"] = _issuer.Issuer,
            ["aud"] = audience,
            ["sub"] = "7c8f",
            ["oid"] = "7c8f",
            ["tid"] = "contoso",
            ["xms_mirid"] = Machine,
            ["nbf"] = now - 5,
            ["iat"] = now,
            ["exp"] = now + 3600,
        };
    }
}
