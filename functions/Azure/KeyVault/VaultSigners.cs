using Azure.Core;
using SshFunctions.Core.Ports;

namespace SshFunctions.Azure.KeyVault;

/// <summary>Opens signing keys in Key Vault.</summary>
public static class VaultSigners
{
    /// <summary>Opens a CA key; asks the vault.</summary>
    /// <param name="address">Where it is. Without a version the newest usable one is taken, which needs the right to list versions.</param>
    /// <param name="credential">Gives tokens for the vault; kept.</param>
    /// <param name="clock">For bounds and validity.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The signer, for the life of the process.</returns>
    /// <exception cref="SignerUnavailableException">It can't be opened now; the message says why, and holds no secret.</exception>
    public static ValueTask<ICertificateSigner> OpenCertificateSignerAsync(
        VaultKeyAddress address, TokenCredential credential, TimeProvider clock, CancellationToken cancellationToken) =>
        OpenCertificateSignerAsync(address, credential, clock, VaultOptions.Default, cancellationToken);

    /// <summary>Opens the journal's key; asks the vault.</summary>
    /// <param name="address">Where it is. Without a version the newest usable one is taken, which needs the right to list versions.</param>
    /// <param name="credential">Gives tokens for the vault; kept.</param>
    /// <param name="clock">For bounds and validity.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The signer, for the life of the process.</returns>
    /// <exception cref="SignerUnavailableException">It can't be opened now; the message says why, and holds no secret.</exception>
    public static ValueTask<IStatementSigner> OpenStatementSignerAsync(
        VaultKeyAddress address, TokenCredential credential, TimeProvider clock, CancellationToken cancellationToken) =>
        OpenStatementSignerAsync(address, credential, clock, VaultOptions.Default, cancellationToken);

    internal static async ValueTask<ICertificateSigner> OpenCertificateSignerAsync(
        VaultKeyAddress address, TokenCredential credential, TimeProvider clock, VaultOptions options, CancellationToken cancellationToken)
    {
        var client = new VaultClient(address, credential, clock, options);
        return address.Kind == VaultKeyKind.Key
            ? await VaultKey.OpenAsync(client, address, clock, options, cancellationToken)
            : (await VaultSecretKey.OpenAsync(client, address, clock, cancellationToken)).CertificateSigner();
    }

    internal static async ValueTask<IStatementSigner> OpenStatementSignerAsync(
        VaultKeyAddress address, TokenCredential credential, TimeProvider clock, VaultOptions options, CancellationToken cancellationToken)
    {
        var client = new VaultClient(address, credential, clock, options);
        return address.Kind == VaultKeyKind.Key
            ? await VaultKey.OpenAsync(client, address, clock, options, cancellationToken)
            : (await VaultSecretKey.OpenAsync(client, address, clock, cancellationToken)).StatementSigner();
    }
}
