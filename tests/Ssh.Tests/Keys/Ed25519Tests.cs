using SshFunctions.Ssh.Keys;

namespace SshFunctions.Ssh.Tests.Keys;

public sealed class Ed25519Tests
{
    // RFC 8032 section 7.1, tests 1 to 3.
    [Theory]
    [InlineData(
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b")]
    [InlineData(
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")]
    [InlineData(
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a")]
    public void Agrees_with_the_vectors_of_RFC_8032(string seed, string publicKey, string message, string signature)
    {
        byte[] data = Convert.FromHexString(message);
        Assert.Equal(publicKey, Convert.ToHexStringLower(Ed25519.PublicKeyOf(Convert.FromHexString(seed))));
        byte[] signed = Ed25519.Sign(Convert.FromHexString(seed), data);
        Assert.Equal(signature, Convert.ToHexStringLower(signed));
        Assert.True(Ed25519.Verify(Convert.FromHexString(publicKey), data, signed));
        signed[63] ^= 1;
        Assert.False(Ed25519.Verify(Convert.FromHexString(publicKey), data, signed));
    }

    [Fact]
    public void Says_no_to_a_public_key_that_is_no_point() =>
        Assert.False(Ed25519.Verify([2, .. new byte[31]], [1], new byte[64]));

    [Fact]
    public void Refuses_wrong_lengths()
    {
        Assert.Throws<ArgumentException>(() => Ed25519.Sign(new byte[31], []));
        Assert.Throws<ArgumentException>(() => Ed25519.PublicKeyOf(new byte[33]));
        Assert.Throws<ArgumentException>(() => Ed25519.Verify(new byte[32], [], new byte[63]));
        Assert.Throws<ArgumentException>(() => Ed25519.Verify(new byte[31], [], new byte[64]));
    }

    [Fact]
    public void Leaves_no_error_behind_for_the_platform()
    {
        using var key = System.Security.Cryptography.RSA.Create(2048);
        Assert.False(Ed25519.Verify(new byte[32], [1], new byte[64]));
        Assert.NotEmpty(key.ExportRSAPublicKey());
        byte[] signature = key.SignData([1], System.Security.Cryptography.HashAlgorithmName.SHA256, System.Security.Cryptography.RSASignaturePadding.Pkcs1);
        Assert.Equal(256, signature.Length);
    }

    [Fact]
    public void Signs_in_many_threads_with_one_key()
    {
        using SshPrivateKey key = SshPrivateKey.GenerateEd25519();
        bool[] valid = new bool[2000];
        Parallel.For(0, valid.Length, index =>
        {
            byte[] data = BitConverter.GetBytes(index);
            valid[index] = key.PublicKey.Verify(data, key.Sign(data));
        });
        Assert.All(valid, Assert.True);
    }
}
