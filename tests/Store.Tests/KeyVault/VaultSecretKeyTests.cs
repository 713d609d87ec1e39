using System.Text;
using SshFunctions.Core.Ports;
using SshFunctions.Ssh.Keys;
using SshFunctions.Support.KeyVault;
using SshFunctions.Support.Time;

namespace SshFunctions.Store.Tests.KeyVault;

public sealed class VaultSecretKeyTests : IAsyncLifetime, IDisposable
{
    private const string Address = FakeKeyVault.Url + "/secrets/journal";
    private readonly SshPrivateKey _key = SshPrivateKey.GenerateEcdsa(256);
    private FakeKeyVault _vault = null!;

    private string Text => Encoding.ASCII.GetString(OpenSshPrivateKey.Write(_key, "journal"));

    public async Task InitializeAsync() => _vault = await FakeKeyVault.StartAsync();

    public async Task DisposeAsync() => await _vault.DisposeAsync();

    public void Dispose() => _key.Dispose();

    [Fact(Timeout = 30_000)]
    public async Task Takes_the_newest_usable_version_once()
    {
        _vault.AddSecret("journal", "an older one");
        FakeVaultVersion version = _vault.AddSecret("journal", Text);
        _vault.AddSecret("journal", "a disabled one").Enabled = false;
        IStatementSigner signer = await _vault.OpenStatementSignerAsync(Address);
        version.Enabled = false;
        await signer.SignAsync();
        await signer.SignAsync();

        Assert.Equal(_key.PublicKey, signer.PublicKey);
        Assert.Equal(["GET /secrets/journal/versions", "GET /secrets/journal/versions", $"GET /secrets/journal/{version.Version}"], _vault.Requests);
    }

    [Fact(Timeout = 30_000)]
    public async Task Refuses_a_version_that_may_not_be_used_and_takes_it_when_it_may()
    {
        var clock = new ManualClock();
        FakeVaultVersion version = _vault.AddSecret("journal", Text);
        version.Enabled = false;
        Assert.Contains("SecretDisabled", await RefusedAsync(version.Address, clock), StringComparison.Ordinal);
        Assert.Contains("has no version that is enabled", await RefusedAsync(Address, clock), StringComparison.Ordinal);
        version.Enabled = true;
        version.NotBefore = clock.GetUtcNow().AddHours(1);
        Assert.Contains("is not valid before", await RefusedAsync(version.Address, clock), StringComparison.Ordinal);
        clock.Advance(TimeSpan.FromHours(1));
        await _vault.OpenStatementSignerAsync(version.Address, clock);
        version.Expires = clock.GetUtcNow();
        Assert.Contains("expired", await RefusedAsync(version.Address, clock), StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task Refuses_what_is_no_key_without_a_word_of_it()
    {
        string body = Text.Split('\n')[2];
        foreach (string value in new[] { "hunter2 hunter2", body, Text.Replace(body, "hunter2", StringComparison.Ordinal), "" })
        {
            string address = _vault.AddSecret("journal", value).Address;
            SignerUnavailableException refused = await VaultOpening.RefusedAsync(
                async () => await _vault.OpenStatementSignerAsync(address), "hunter2", body);
            Assert.Contains("is no usable OpenSSH private key", refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact(Timeout = 30_000)]
    public async Task Reads_a_key_whatever_escapes_the_vault_writes_it_with()
    {
        FakeVaultVersion version = _vault.AddSecret("journal", Text);
        _vault.AnswersWith = version.ToJson().ToJsonString().Replace("-----", "\\u002d\\u002D---", StringComparison.Ordinal);
        Assert.Equal(_key.PublicKey, (await _vault.OpenStatementSignerAsync(version.Address)).PublicKey);
    }

    [Fact(Timeout = 30_000)]
    public async Task Reads_a_key_whose_lines_a_form_has_made_one() => Assert.Equal(
        _key.PublicKey, (await _vault.OpenStatementSignerAsync(_vault.AddSecret("journal", Text.Replace('\n', ' ')).Address)).PublicKey);

    private async Task<string> RefusedAsync(string address, TimeProvider clock) =>
        (await VaultOpening.RefusedAsync(async () => await _vault.OpenStatementSignerAsync(address, clock), Text.Split('\n')[2])).Message;
}
