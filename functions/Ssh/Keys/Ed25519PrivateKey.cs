using System.Security.Cryptography;
using SshFunctions.Ssh.Wire;

namespace SshFunctions.Ssh.Keys;

/// <summary>An Ed25519 private key: its seed, which this owns.</summary>
internal sealed class Ed25519PrivateKey(byte[] seed) : SshPrivateKey(SshPublicKey.FromEd25519(Ed25519.PublicKeyOf(seed)))
{
    private bool _disposed;

    public override byte[] SignRaw(ReadOnlySpan<byte> data)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return Ed25519.Sign(seed, data);
    }

    //  string  public key: 32 bytes
    //  string  seed and public key: 64 bytes
    public static Ed25519PrivateKey Read(ref SshReader reader)
    {
        reader.ReadString("public key");
        int start = reader.Position;
        ReadOnlySpan<byte> pair = reader.ReadString("seed and public key");
        if (pair.Length != Ed25519.SeedBytes + Ed25519.PublicKeyBytes)
            reader.FailAt(start, "seed and public key", "is not 64 bytes long");
        reader.ThrowIfFailed();
        return new Ed25519PrivateKey(pair[..Ed25519.SeedBytes].ToArray());
    }

    private protected override void Dispose(bool disposing)
    {
        _disposed = true;
        CryptographicOperations.ZeroMemory(seed);
    }

    //  string  public key: 32 bytes
    //  string  seed and public key: 64 bytes
    private protected override void WriteFields(SshWriter writer)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ReadOnlySpan<byte> publicKey = PublicKey.Fields[sizeof(uint)..];
        writer.WriteString(publicKey);
        writer.WriteUInt32((uint)(seed.Length + publicKey.Length));
        writer.WriteBytes(seed);
        writer.WriteBytes(publicKey);
    }
}
