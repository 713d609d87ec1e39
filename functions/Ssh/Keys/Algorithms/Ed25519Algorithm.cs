using SshFunctions.Ssh.Signatures;
using SshFunctions.Ssh.Wire;

namespace SshFunctions.Ssh.Keys.Algorithms;

/// <summary>Ed25519. Source: RFC 8709 sections 4 and 6.</summary>
internal sealed class Ed25519Algorithm() : KeyAlgorithm("ssh-ed25519")
{
    //  string  key: 32 bytes
    public override void ReadFields(ref SshReader reader) => ReadPublicKey(ref reader);

    public override bool Verify(ReadOnlySpan<byte> fields, ReadOnlySpan<byte> data, SshSignature signature) =>
        signature.Algorithm == Name
        && signature.Blob.Length == Ed25519.SignatureBytes
        && Ed25519.Verify(fields.Slice(sizeof(uint), Ed25519.PublicKeyBytes), data, signature.Blob.Span);

    public override SshSignature EncodeSignature(ReadOnlySpan<byte> fields, ReadOnlySpan<byte> raw)
    {
        if (raw.Length != Ed25519.SignatureBytes)
            throw new ArgumentException($"A raw Ed25519 signature has {Ed25519.SignatureBytes} bytes.", nameof(raw));
        return new SshSignature(Name, raw.ToArray());
    }

    public static void ReadPublicKey(ref SshReader reader)
    {
        int start = reader.Position;
        if (reader.ReadString("Ed25519 key").Length != Ed25519.PublicKeyBytes)
            reader.FailAt(start, "Ed25519 key", $"is not {Ed25519.PublicKeyBytes} bytes long");
    }
}
