using System.Security.Cryptography;
using SshFunctions.Azure.KeyVault;
using SshFunctions.Core.Ports;
using SshFunctions.Ssh.Keys;
using SshFunctions.Ssh.Signatures;
using SshFunctions.Support.KeyVault;
using SshFunctions.Support.Time;

namespace SshFunctions.Store.Tests.KeyVault;

public sealed class VaultKeyTests : IAsyncLifetime, IDisposable
{
    private const string Address = FakeKeyVault.Url + "/keys/journal";
    private readonly SshPrivateKey _key = SshPrivateKey.GenerateEcdsa(256);
    private FakeKeyVault _vault = null!;
    private FakeVaultVersion _version = null!;

    public async Task InitializeAsync()
    {
        _vault = await FakeKeyVault.StartAsync();
        _version = _vault.AddKey("journal", _key);
    }

    public async Task DisposeAsync() => await _vault.DisposeAsync();

    public void Dispose() => _key.Dispose();

    [Fact(Timeout = 30_000)]
    public async Task Asks_for_a_token_of_the_vaults_domain_once_and_signs_without_a_challenge()
    {
        var credential = new FixedCredential();
        IStatementSigner signer = await _vault.OpenStatementSignerAsync(_version.Address, credential: credential);
        await signer.SignAsync();
        await signer.SignAsync();

        Assert.Equal(["https://vault.azure.net/.default"], credential.Scopes);
        string path = $"/keys/journal/{_version.Version}";
        Assert.Equal([$"GET {path}", $"POST {path}/sign", $"POST {path}/sign"], _vault.Requests);
    }

    [Fact(Timeout = 30_000)]
    public async Task Takes_the_newest_version_that_is_usable_and_stays_with_it()
    {
        using SshPrivateKey other = SshPrivateKey.GenerateEcdsa(256);
        using SshPrivateKey later = SshPrivateKey.GenerateEcdsa(256);
        _vault.AddKey("journal", other);
        FakeVaultVersion newest = _vault.AddKey("journal", _key);
        _vault.AddKey("journal", other).Enabled = false;
        _vault.AddKey("journal", other).Expires = TimeProvider.System.GetUtcNow();
        _vault.AddKey("journal", other).NotBefore = TimeProvider.System.GetUtcNow().AddHours(1);
        IStatementSigner signer = await _vault.OpenStatementSignerAsync(Address);
        _vault.AddKey("journal", later);

        Assert.True(SshSig.Verify(await signer.SignAsync(), "test@sshfn", "words"u8, out SshPublicKey? by, out _));
        Assert.Equal(_key.PublicKey, by);
        Assert.EndsWith($"{newest.Version}/sign", _vault.Requests[^1], StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task Refuses_a_signature_that_is_not_the_keys()
    {
        IStatementSigner signer = await _vault.OpenStatementSignerAsync(Address);
        _vault.Miscalculates = true;
        Assert.Contains("a signature that is not", (await VaultOpening.RefusedAsync(signer.SignAsync)).Message, StringComparison.Ordinal);
        _vault.Miscalculates = false;
        _vault.CutsSignatures = true;
        Assert.Contains("another length", (await VaultOpening.RefusedAsync(signer.SignAsync)).Message, StringComparison.Ordinal);
        _vault.CutsSignatures = false;
        await signer.SignAsync();
    }

    [Theory(Timeout = 30_000)]
    [InlineData("https://acme.vault.azure.net/keys/journal/0123456789abcdef0123456789abcdef")]
    [InlineData("https://acme.vault.azure.net/keys/other/VERSION")]
    [InlineData("https://other.vault.azure.net/keys/journal/VERSION")]
    [InlineData("https://acme.vault.azure.net/keys/journal")]
    [InlineData("journal")]
    public async Task Refuses_a_signature_of_another_key(string kid)
    {
        IStatementSigner signer = await _vault.OpenStatementSignerAsync(Address);
        _vault.SignsAs = kid.Replace("VERSION", _version.Version, StringComparison.Ordinal);
        Assert.Contains("another key or version", (await VaultOpening.RefusedAsync(signer.SignAsync)).Message, StringComparison.Ordinal);
    }

    [Theory(Timeout = 30_000)]
    [InlineData(429, "7", 7)]
    [InlineData(429, "0", 1)]
    [InlineData(429, "86400", 300)]
    [InlineData(429, "", null)]
    [InlineData(503, "soon", null)]
    [InlineData(503, "7", 7)]
    public async Task Says_when_to_come_back_when_the_vault_says_so(int status, string header, int? seconds)
    {
        IStatementSigner signer = await _vault.OpenStatementSignerAsync(Address);
        int before = _vault.Requests.Count;
        (_vault.Throttles, _vault.ThrottleStatus) = (header, status);
        SignerUnavailableException refused = await VaultOpening.RefusedAsync(signer.SignAsync);

        Assert.Equal(seconds, refused.RetryAfter?.TotalSeconds);
        Assert.Contains($"{status} Throttled", refused.Message, StringComparison.Ordinal);
        // Asked once: waiting is the client's.
        Assert.Equal(before + 1, _vault.Requests.Count);
        _vault.Throttles = null;
        await signer.SignAsync();
    }

    [Fact(Timeout = 30_000)]
    public async Task Asks_again_after_a_fault_of_the_vault_but_not_for_ever()
    {
        IStatementSigner signer = await _vault.OpenStatementSignerAsync(Address);
        _vault.Failures = 2;
        await signer.SignAsync();
        _vault.Failures = 3;
        Assert.Contains("failed: 500 InternalServerError", (await VaultOpening.RefusedAsync(signer.SignAsync)).Message, StringComparison.Ordinal);
        await signer.SignAsync();
    }

    [Fact(Timeout = 30_000)]
    public async Task Says_that_the_vault_can_not_be_reached()
    {
        IStatementSigner signer = await _vault.OpenStatementSignerAsync(Address);
        await _vault.DisposeAsync();
        Assert.StartsWith("https://acme.vault.azure.net can't be reached", (await VaultOpening.RefusedAsync(signer.SignAsync)).Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task Signs_for_many_at_once()
    {
        IStatementSigner signer = await _vault.OpenStatementSignerAsync(Address);
        string[] signatures = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => signer.SignAsync()));
        Assert.All(signatures, signature => Assert.True(SshSig.Verify(signature, "test@sshfn", "words"u8, out _, out _)));
    }

    [Fact(Timeout = 30_000)]
    public async Task Signs_again_when_a_disabled_key_is_enabled()
    {
        IStatementSigner signer = await _vault.OpenStatementSignerAsync(Address);
        _version.Enabled = false;
        Assert.Contains("403 Forbidden KeyDisabled", (await VaultOpening.RefusedAsync(signer.SignAsync)).Message, StringComparison.Ordinal);
        _version.Enabled = true;
        await signer.SignAsync();
    }

    [Fact(Timeout = 30_000)]
    public async Task Gives_up_on_a_vault_that_hangs()
    {
        var clock = new ManualClock();
        IStatementSigner signer = await _vault.OpenStatementSignerAsync(Address, clock);
        _vault.Hangs = true;
        Task<string> signature = signer.SignAsync();
        await _vault.Reached.Task;
        clock.Advance(VaultOptions.Default.SigningBudget);
        SignerUnavailableException refused = await VaultOpening.RefusedAsync(() => signature);
        Assert.Contains("did not answer within", refused.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task Ends_the_wait_when_the_caller_does()
    {
        IStatementSigner signer = await _vault.OpenStatementSignerAsync(Address);
        _vault.Hangs = true;
        using var leaving = new CancellationTokenSource();
        Task<string> signature = signer.SignAsync("test@sshfn", "words"u8.ToArray(), leaving.Token).AsTask();
        await _vault.Reached.Task;
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => signature);
    }

    [Fact(Timeout = 30_000)]
    public async Task Asks_no_more_than_the_key_gives()
    {
        var clock = new ManualClock();
        VaultOptions options = VaultOpening.OptionsFor(_vault) with { Rate = new VaultRate(10), LongestQueue = TimeSpan.Zero };
        IStatementSigner signer = await _vault.OpenStatementSignerAsync(Address, clock, options);
        await signer.SignAsync();
        int before = _vault.Requests.Count;
        SignerUnavailableException refused = await VaultOpening.RefusedAsync(signer.SignAsync);
        Assert.True(refused.RetryAfter >= TimeSpan.FromSeconds(1));
        Assert.Equal(before, _vault.Requests.Count);
        clock.Advance(refused.RetryAfter!.Value);
        await signer.SignAsync();
    }

    [Fact(Timeout = 30_000)]
    public async Task Refuses_a_key_that_can_not_be_a_CA()
    {
        using var koblitz = ECDsa.Create(ECCurve.CreateFromFriendlyName("secp256k1"));
        using var small = RSA.Create(2048);
        foreach (FakeSigningKey key in new[] { FakeSigningKey.Of(koblitz), FakeSigningKey.Of(small) })
        {
            string address = _vault.AddKey("bad", key).Address;
            SignerUnavailableException refused = await VaultOpening.RefusedAsync(async () => await _vault.OpenStatementSignerAsync(address));
            Assert.Contains("nor RSA of 3072 bits or more", refused.Message, StringComparison.Ordinal);
        }
    }

    [Theory(Timeout = 30_000)]
    [InlineData("", "answered what it should not")]
    [InlineData("<html>words of the vault</html>", "answered what it should not")]
    [InlineData("null", "answered what it should not")]
    [InlineData("{}", "gave another thing than")]
    public async Task Refuses_an_answer_that_is_none(string answer, string detail)
    {
        _vault.AnswersWith = answer;
        SignerUnavailableException refused = await VaultOpening.RefusedAsync(async () => await _vault.OpenStatementSignerAsync(_version.Address));
        Assert.Contains(detail, refused.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task Follows_no_list_to_another_host()
    {
        _vault.ListsGoOnAt = "https://evil.vault.azure.net/keys/journal/versions?api-version=7.4";
        await VaultOpening.RefusedAsync(async () => await _vault.OpenStatementSignerAsync(Address));
        Assert.Equal(["GET /keys/journal/versions"], _vault.Requests);
    }

    [Fact(Timeout = 30_000)]
    public async Task Says_that_a_key_is_not_there() => Assert.Contains(
        "has no such key, secret or version: 404",
        (await VaultOpening.RefusedAsync(async () => await _vault.OpenStatementSignerAsync(FakeKeyVault.Url + "/keys/none"))).Message,
        StringComparison.Ordinal);

    [Fact(Timeout = 30_000)]
    public async Task Says_that_the_vault_does_not_take_its_token() => Assert.Contains(
        "does not take the broker's token: 401",
        (await VaultOpening.RefusedAsync(async () => await _vault.OpenStatementSignerAsync("https://acme.managedhsm.azure.net/keys/none"))).Message,
        StringComparison.Ordinal);
}
