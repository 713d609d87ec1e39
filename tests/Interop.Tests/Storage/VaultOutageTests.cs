using System.Net;
using System.Text.Json;
using SshFunctions.Api;
using SshFunctions.Interop.Tests.Broker;
using SshFunctions.Ssh.Certificates;
using SshFunctions.Ssh.Keys;
using SshFunctions.Support.Broker;
using SshFunctions.Support.Files;
using SshFunctions.Support.KeyVault;

namespace SshFunctions.Interop.Tests.Storage;

/// <summary>A broker whose CA keys never leave a Key Vault that throttles it, hangs, and comes back.</summary>
public sealed class VaultOutageTests : IAsyncLifetime, IDisposable
{
    private const int Patience = 180_000;
    private const string Resource = "acme/production/web";

    private readonly TemporaryFolder _folder = new();
    private readonly FakeIdentityEndpoint _identity = new();
    private readonly SshPrivateKey _userCa = SshPrivateKey.GenerateEcdsa(256);
    private FakeKeyVault _vault = null!;
    private TestBroker _broker = null!;

    public async Task InitializeAsync()
    {
        _vault = await FakeKeyVault.StartAsync();
        _vault.AddKey("user-ca", _userCa);
        _broker = await TestBroker.StartAsync(
            _folder,
            ["--user-ca", $"{FakeKeyVault.Url}/keys/user-ca", "--azure-identity", "managed"],
            environment: _vault.Environment.Concat(_identity.Environment).ToDictionary());
        await _broker.Admin.PutResourceAsync(Resource, new ResourceRequest([new HostAddress("web.example.com")], ["deploy"], "sshd"));
    }

    public async Task DisposeAsync()
    {
        await _broker.DisposeAsync();
        await _vault.DisposeAsync();
    }

    public void Dispose()
    {
        _userCa.Dispose();
        _identity.Dispose();
        _folder.Dispose();
    }

    [Fact(Timeout = Patience)]
    public async Task A_key_that_stays_in_the_vault_signs_and_while_it_is_away_nothing_is_issued_or_lost()
    {
        Assert.Equal(_userCa.PublicKey, SshCertificate.Parse(await MintedAsync()).CaKey);

        _vault.Throttles = "7";
        using (HttpResponseMessage throttled = await MintAsync())
            Assert.Equal((HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(7)), (throttled.StatusCode, throttled.Headers.RetryAfter?.Delta));
        _vault.Throttles = null;
        await MintedAsync();

        _vault.Hangs = true;
        using (HttpResponseMessage hung = await MintAsync())
            Assert.Equal(HttpStatusCode.ServiceUnavailable, hung.StatusCode);
        _vault.Hangs = false;
        await MintedAsync();

        IReadOnlyList<JournalEntryResponse> entries = await _broker.Admin.ListAsync<JournalEntryResponse>(Routes.Journal);
        JournalCheck.Chains(entries);
        Assert.Equal(3, entries.Count(entry => entry.Event == "certificate.issued"));
        Assert.Equal(2, entries.Count(entry => entry.Event == "entry.void"));
    }

    private async Task<string> MintedAsync()
    {
        using HttpResponseMessage answer = await MintAsync();
        string body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, body);
        return JsonSerializer.Deserialize(body, ApiJson.Default.UserCertificateResponse)!.Certificate;
    }

    private async Task<HttpResponseMessage> MintAsync()
    {
        using SshPrivateKey key = SshPrivateKey.GenerateEcdsa(256);
        return await _broker.Admin.SendAsync(
            HttpMethod.Post,
            Routes.UserCertificates,
            JsonSerializer.Serialize(new IssueUserCertificateRequest(key.PublicKey.ToText(), Resource: Resource, Login: "deploy"), ApiJson.Default.IssueUserCertificateRequest));
    }
}
