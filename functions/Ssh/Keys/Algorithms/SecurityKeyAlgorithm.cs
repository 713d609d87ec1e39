using System.Buffers.Binary;
using System.Security.Cryptography;
using SshFunctions.Ssh.Signatures;
using SshFunctions.Ssh.Wire;

namespace SshFunctions.Ssh.Keys.Algorithms;

/// <summary>Keys held by a FIDO device. Source: PROTOCOL.u2f, "SSH U2F Key formats" and "SSH U2F signatures".</summary>
internal abstract class SecurityKeyAlgorithm(string name) : KeyAlgorithm(name)
{
    private const byte UserPresent = 0x01;

    //  byte[]  fields of the key type beneath
    //  string  application, "ssh:" unless the user chose another
    public sealed override void ReadFields(ref SshReader reader)
    {
        ReadInnerFields(ref reader);
        reader.ReadText("application");
    }

    // What the device signs:
    //  byte[32]  SHA-256 of the application
    //  byte      flags
    //  uint32    counter
    //  byte[32]  SHA-256 of the data
    public sealed override bool Verify(ReadOnlySpan<byte> fields, ReadOnlySpan<byte> data, SshSignature signature)
    {
        // Like sshd without no-touch-required: a signature nobody was present for does not count.
        if (signature.Algorithm != Name || signature.Flags is not { } flags || signature.Counter is not { } counter
            || (flags & UserPresent) == 0)
            return false;

        var reader = new SshReader(fields);
        ReadInnerFields(ref reader);
        Span<byte> signed = stackalloc byte[(2 * SHA256.HashSizeInBytes) + sizeof(byte) + sizeof(uint)];
        SHA256.HashData(reader.ReadString("application"), signed);
        signed[SHA256.HashSizeInBytes] = flags;
        BinaryPrimitives.WriteUInt32BigEndian(signed[(SHA256.HashSizeInBytes + 1)..], counter);
        SHA256.HashData(data, signed[^SHA256.HashSizeInBytes..]);
        return VerifyInner(fields, signed, signature.Blob.Span);
    }

    public sealed override SshSignature EncodeSignature(ReadOnlySpan<byte> fields, ReadOnlySpan<byte> raw) =>
        throw new ArgumentException("Only its device can sign with a security key.", nameof(raw));

    protected abstract void ReadInnerFields(ref SshReader reader);

    protected abstract bool VerifyInner(ReadOnlySpan<byte> fields, ReadOnlySpan<byte> signed, ReadOnlySpan<byte> blob);
}
