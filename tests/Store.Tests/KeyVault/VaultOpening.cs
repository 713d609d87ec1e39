using Azure.Core.Pipeline;
using SshFunctions.Azure.KeyVault;
using SshFunctions.Core.Ports;
using SshFunctions.Support.KeyVault;

namespace SshFunctions.Store.Tests.KeyVault;

/// <summary>Opens signers of a fake vault in this process.</summary>
internal static class VaultOpening
{
    public static VaultOptions OptionsFor(FakeKeyVault vault) =>
        new() { Transport = new HttpClientTransport(new HttpClient(vault.CreateHandler(), disposeHandler: true)) };

    public static ValueTask<ICertificateSigner> OpenCertificateSignerAsync(this FakeKeyVault vault, string address) =>
        VaultSigners.OpenCertificateSignerAsync(
            VaultKeyAddress.Parse(address).Value!, new FixedCredential(), TimeProvider.System, OptionsFor(vault), CancellationToken.None);

    public static ValueTask<IStatementSigner> OpenStatementSignerAsync(
        this FakeKeyVault vault, string address, TimeProvider? clock = null, VaultOptions? options = null, FixedCredential? credential = null) =>
        VaultSigners.OpenStatementSignerAsync(
            VaultKeyAddress.Parse(address).Value!, credential ?? new FixedCredential(), clock ?? TimeProvider.System, options ?? OptionsFor(vault), CancellationToken.None);

    public static async Task<string> SignAsync(this IStatementSigner signer) => await signer.SignAsync("test@sshfn", "words"u8.ToArray(), CancellationToken.None);

    /// <summary>Demands a refusal, and that nothing of it is secret.</summary>
    public static async Task<SignerUnavailableException> RefusedAsync<T>(Func<Task<T>> action, params string[] secrets)
    {
        SignerUnavailableException refused = await Assert.ThrowsAsync<SignerUnavailableException>(action);
        foreach (string secret in secrets.Append("fake.").Append("words of the vault"))
            Assert.DoesNotContain(secret, refused.ToString(), StringComparison.Ordinal);
        return refused;
    }
}
