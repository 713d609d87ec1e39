using System.Security.Cryptography;
using System.Text;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Keys;
using SshFunctions.Core.Ports;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.Core.Tests.Keys;

public sealed class SubmittedKeyTests
{
    private const int Patience = 60_000;

    [Theory(Timeout = Patience)]
    [InlineData("openssh")]
    [InlineData("openssh, line breaks lost")]
    [InlineData("pkcs1")]
    [InlineData("sec1")]
    [InlineData("pkcs8")]
    [InlineData("pkcs8, encrypted")]
    [InlineData("after a public key")]
    [InlineData("very long")]
    public async Task A_private_key_is_refused_recorded_and_kept_nowhere(string format)
    {
        await using var broker = new Broker();
        using ECDsa ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using RSA rsa = RSA.Create(2048);
        using SshPrivateKey key = SshPrivateKey.FromEcdsa(ECDsa.Create(ecdsa.ExportParameters(true)));
        string openSsh = Encoding.ASCII.GetString(OpenSshPrivateKey.Write(key, "laptop"));
        string text = format switch
        {
            "openssh" => openSsh,
            "openssh, line breaks lost" => openSsh.ReplaceLineEndings(" "),
            "pkcs1" => rsa.ExportRSAPrivateKeyPem(),
            "sec1" => ecdsa.ExportECPrivateKeyPem(),
            "pkcs8" => ecdsa.ExportPkcs8PrivateKeyPem(),
            "pkcs8, encrypted" => ecdsa.ExportEncryptedPkcs8PrivateKeyPem("secret", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000)),
            "after a public key" => $"{key.PublicKey.ToText()}\n{openSsh}",
            _ => new string(' ', 100_000) + openSsh,
        };
        string? fingerprint = format switch
        {
            "pkcs1" => SshPublicKey.FromRsa(rsa).Fingerprint.ToString(),
            "pkcs8, encrypted" => null,
            _ => key.PublicKey.Fingerprint.ToString(),
        };
        Result<SshPublicKey> result = await SubmittedKey.ParseAsync(text, "publicKey", Broker.Alice, broker.Journal, default);
        Refusal.Invalid refusal = Broker.Refused<Refusal.Invalid>(result.Refusal);
        Assert.Equal("publicKey", refusal.Field);
        Assert.Equal(fingerprint, Assert.Single(await broker.EventsAsync<JournalEvent.PrivateKeyReceived>()).Fingerprint);
        Assert.Empty((await broker.Store.ListAsync("keys", RowRange.All, default)).Documents);
        string piece = text.TrimStart().ReplaceLineEndings("").Replace(" ", "", StringComparison.Ordinal)[^140..^100];
        DocumentPage journal = await broker.Store.ListAsync("journal:000000000000001", RowRange.All, default);
        Assert.All(journal.Documents, document => Assert.DoesNotContain(piece, Encoding.UTF8.GetString(document.Body.Span), StringComparison.Ordinal));
        Assert.DoesNotContain(piece, $"{refusal}", StringComparison.Ordinal);
    }

    [Fact(Timeout = Patience)]
    public async Task A_private_key_that_can_not_be_recorded_is_not_waved_through()
    {
        await using var broker = new Broker();
        broker.Store.IsAway = true;
        await Assert.ThrowsAsync<StoreUnavailableException>(() => SubmittedKey.ParseAsync(
            "-----BEGIN OPENSSH PRIVATE KEY-----", "publicKey", Broker.Alice, broker.Journal, default));
    }

    [Fact(Timeout = Patience)]
    public async Task A_public_key_is_taken_with_its_comment_and_anything_else_is_refused_with_a_fix()
    {
        await using var broker = new Broker();
        Assert.Equal(broker.ClientKey, Broker.Must(await ParseAsync(broker, $"{broker.ClientKey.ToText()} alice@laptop\n")));
        foreach (string text in (string[])["", "ssh-ed25519", "ssh-ed25519 AAAA", "\0", new string('a', 10_000), "ssh-dss AAAAB3NzaC1kc3M="])
            Assert.NotNull(Broker.Refused<Refusal.Invalid>((await ParseAsync(broker, text)).Refusal).Fix);
        Assert.Equal(0, broker.Store.CommitCount);
    }

    private static Task<Result<SshPublicKey>> ParseAsync(Broker broker, string text) =>
        SubmittedKey.ParseAsync(text, "publicKey", Broker.Alice, broker.Journal, default);
}
