using SshFunctions.Ssh.Keys;
using SshFunctions.Store.Tests.Processes;
using SshFunctions.Support.KeyVault;
using SshFunctions.Support.Processes;

namespace SshFunctions.Store.Tests.KeyVault;

/// <summary>A program as the broker is one, with the product's own transport, trust and credentials, against vault and token endpoints under Azure's names.</summary>
public sealed class VaultIdentityTests(RunningVault running) : IClassFixture<RunningVault>, IDisposable
{
    private const string ClientId = "9a1c7b52-0c5d-4f0e-8f6a-1b2c3d4e5f60";
    private const string TenantId = "1f2e3d4c-5b6a-4798-8a7b-6c5d4e3f2a1b";
    private readonly SshPrivateKey _key = SshPrivateKey.GenerateEcdsa(384);
    private readonly FakeIdentityEndpoint _endpoint = new();
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _key.Dispose();
        _endpoint.Dispose();
        _folder.Dispose();
    }

    [Theory(Timeout = 60_000)]
    [InlineData("managed", "https://vault.azure.net")]
    [InlineData("managed:" + ClientId, "https://vault.azure.net " + ClientId)]
    public async Task Signs_as_a_managed_identity(string identity, string asked)
    {
        Assert.Equal(_key.PublicKey.ToText(), await RunAsync(identity, _endpoint.Environment));
        Assert.Equal([asked], _endpoint.Asked);
    }

    [Fact(Timeout = 60_000)]
    public async Task Signs_as_a_workload()
    {
        string file = Path.Combine(_folder.Path, "token");
        await File.WriteAllTextAsync(file, "federated");
        Assert.Equal(_key.PublicKey.ToText(), await RunAsync("workload", new Dictionary<string, string>
        {
            ["AZURE_TENANT_ID"] = TenantId,
            ["AZURE_CLIENT_ID"] = ClientId,
            ["AZURE_FEDERATED_TOKEN_FILE"] = file,
        }));
        Assert.Equal([$"/{TenantId}/oauth2/v2.0/token {ClientId} federated https://vault.azure.net/.default"], running.Vault.TokenRequests);
    }

    [Fact(Timeout = 60_000)]
    public async Task Says_that_there_is_no_such_identity()
    {
        _endpoint.KnowsNobody = true;
        Assert.StartsWith("there is no token for https://acme.vault.azure.net: ", await RunAsync("managed", _endpoint.Environment), StringComparison.Ordinal);
    }

    private async Task<string> RunAsync(string identity, IReadOnlyDictionary<string, string> more)
    {
        string name = $"ca-{Guid.NewGuid():n}";
        running.Vault.AddKey(name, _key);
        ProcessRun run = await ProcessRun.ToEndAsync(
            Environment.ProcessPath!,
            ["exec", typeof(Program).Assembly.Location, VaultCaller.Name, identity, $"{FakeKeyVault.Url}/keys/{name}"],
            environment: running.Vault.Environment.Concat(more).ToDictionary(pair => pair.Key, string? (pair) => pair.Value));
        return run.Output.Trim() + run.Error.Trim();
    }
}
