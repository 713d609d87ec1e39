using SshFunctions.Core;
using SshFunctions.Core.Ports;
using SshFunctions.Core.Rotation;
using SshFunctions.Ssh.Keys;
using SshFunctions.Ssh.Signatures;
using Xunit;

namespace SshFunctions.Support.Signers;

/// <summary>What every <see cref="ISigningKeyStore"/> promises.</summary>
public abstract class SigningKeyStoreContract
{
    private const int Patience = 60_000;

    /// <summary>Another instance of the broker, on the same keys.</summary>
    protected abstract ISigningKeyStore Open();

    /// <summary>Place of a key of a type that is not the usual one, and its type.</summary>
    protected abstract Task<(string Place, string Type)> FirstAsync();

    /// <summary>A key is made of the type of the one before it, and another instance signs with it.</summary>
    [Fact(Timeout = Patience)]
    public async Task Makes_a_key_of_the_type_of_the_one_before_it_which_every_instance_opens()
    {
        (string place, string type) = await FirstAsync();
        MadeSigningKey made = Must(await Open().MakeAsync(KeyPurpose.Journal, "abcdefghij", place, default));
        IStatementSigner signer = await Open().OpenStatementSignerAsync(made.Place, default);

        Assert.Equal(type, made.PublicKey.KeyType);
        Assert.Equal(made.PublicKey, signer.PublicKey);
        string signature = await signer.SignAsync("test@sshfn", "words"u8.ToArray(), default);
        Assert.True(SshSig.Verify(signature, "test@sshfn", "words"u8, out SshPublicKey? by, out _));
        Assert.Equal(made.PublicKey, by);
        Assert.Equal(made.PublicKey, (await Open().OpenCertificateSignerAsync(made.Place, default)).PublicKey);
    }

    /// <summary>What is made takes the place of nothing.</summary>
    [Fact(Timeout = Patience)]
    public async Task Two_keys_are_two_and_the_one_before_them_stays()
    {
        (string place, _) = await FirstAsync();
        SshPublicKey before = (await Open().OpenCertificateSignerAsync(place, default)).PublicKey;
        ISigningKeyStore store = Open();
        MadeSigningKey one = Must(await store.MakeAsync(KeyPurpose.UserCa, "aaaaaaaaaa", place, default));
        MadeSigningKey two = Must(await store.MakeAsync(KeyPurpose.UserCa, "bbbbbbbbbb", place, default));

        Assert.Equal(3, new HashSet<string> { place, one.Place, two.Place }.Count);
        Assert.Equal(3, new HashSet<SshPublicKey> { before, one.PublicKey, two.PublicKey }.Count);
        Assert.Equal(before, (await Open().OpenCertificateSignerAsync(place, default)).PublicKey);
    }

    /// <summary>What is destroyed opens nowhere, and destroying it again is no fault.</summary>
    [Fact(Timeout = Patience)]
    public async Task What_is_destroyed_opens_nowhere_any_more()
    {
        (string place, _) = await FirstAsync();
        MadeSigningKey made = Must(await Open().MakeAsync(KeyPurpose.HostCa, "cccccccccc", place, default));
        await Open().DestroyAsync(made.Place, default);
        await Open().DestroyAsync(made.Place, default);

        await Assert.ThrowsAsync<SignerUnavailableException>(async () => await Open().OpenCertificateSignerAsync(made.Place, default));
        await Open().OpenCertificateSignerAsync(place, default);
    }

    private static MadeSigningKey Must(Result<MadeSigningKey> result) =>
        result.Try(out MadeSigningKey? made, out Refusal? refusal) ? made : throw new InvalidOperationException(refusal.Detail);
}
