using System.Globalization;
using SshFunctions.Api;
using SshFunctions.Ssh.Keys;
using SshFunctions.Support.Broker;
using SshFunctions.Support.Files;

namespace SshFunctions.App.Tests.Floods;

/// <summary>A broker with its usual limits, and somebody who only wants to work.</summary>
public sealed class FloodedBroker : IAsyncLifetime, IDisposable
{
    private const int MostTries = 3;
    private readonly TemporaryFolder _folder = new();
    private TestBroker _broker = null!;
    private BrokerApi _alice = null!;

    internal Uri Url => _broker.Url;

    internal string Token => _broker.BootstrapToken;

    internal BrokerApi Admin => _broker.Admin;

    /// <summary>Memory of the broker's process that is in use now, in bytes.</summary>
    internal long ResidentBytes => 1024 * long.Parse(
        File.ReadLines($"/proc/{_broker.ProcessId}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(':')[1].Replace("kB", "", StringComparison.Ordinal).Trim(),
        CultureInfo.InvariantCulture);

    public async Task InitializeAsync()
    {
        _broker = await TestBroker.StartAsync(_folder);
        await Admin.PutResourceAsync("acme/production/web", new ResourceRequest([new Api.HostAddress("web.example.com")], ["deploy"]));
        await Admin.GrantAsync("alice", "alice", "acme/production");
        _alice = _broker.As(await Admin.CreateTokenAsync("alice"));
        await WorkAsync();
    }

    public async Task DisposeAsync()
    {
        if (_broker is not null) await _broker.DisposeAsync();
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Gets a certificate.</summary>
    /// <returns>How many tries it took.</returns>
    internal async Task<int> WorkAsync()
    {
        using SshPrivateKey key = SshPrivateKey.GenerateEcdsa(256);
        for (int tries = 1; ; tries++)
        {
            try
            {
                await _alice.IssueAsync(key.PublicKey.ToText(), "acme/production/web", "deploy");
                return tries;
            }
            catch (HttpRequestException) when (tries < MostTries)
            {
                // The next try is what a client does too.
            }
        }
    }
}
