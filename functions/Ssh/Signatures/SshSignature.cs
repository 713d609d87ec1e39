using System.Diagnostics.CodeAnalysis;
using SshFunctions.Ssh.Keys;
using SshFunctions.Ssh.Wire;

namespace SshFunctions.Ssh.Signatures;

/// <summary>A signature as SSH writes it: the algorithm's name and a blob in that algorithm's encoding.</summary>
/// <remarks>Immutable. Source: RFC 4253 section 6.6, RFC 5656 section 3.1.2, RFC 8332 section 3, RFC 8709 section 6, PROTOCOL.u2f.</remarks>
public sealed class SshSignature
{
    // Security key signatures carry flags and counter after the blob; their algorithm names all begin so.
    private const string SecurityKeyPrefix = "sk-";

    internal SshSignature(string algorithm, ReadOnlyMemory<byte> blob, byte? flags = null, uint? counter = null)
    {
        Algorithm = algorithm;
        Blob = blob;
        Flags = flags;
        Counter = counter;
    }

    /// <summary>The algorithm's name, such as <c>rsa-sha2-512</c>; not always the key's type.</summary>
    public string Algorithm { get; }

    /// <summary>The signature in the algorithm's own encoding.</summary>
    public ReadOnlyMemory<byte> Blob { get; }

    /// <summary>What a security key says about the user: bit 0 touched, bit 2 verified; null for other keys.</summary>
    public byte? Flags { get; }

    /// <summary>A security key's signature counter; null for other keys.</summary>
    public uint? Counter { get; }

    /// <summary>Encodes what a signing primitive gave, the only place where that is done.</summary>
    /// <param name="signer">The key that signed.</param>
    /// <param name="raw">ECDSA: r and s in fixed width (IEEE P1363); RSA: PKCS#1 v1.5 with SHA-512; Ed25519: 64 bytes.</param>
    /// <returns>The signature.</returns>
    /// <exception cref="ArgumentException">The length is not the one of this key's signatures, or it is a security key.</exception>
    public static SshSignature FromRaw(SshPublicKey signer, ReadOnlySpan<byte> raw)
    {
        ArgumentNullException.ThrowIfNull(signer);
        return signer.Algorithm.EncodeSignature(signer.Fields, raw);
    }

    /// <summary>Reads the wire form.</summary>
    /// <param name="wire">The bytes; copied.</param>
    /// <returns>The signature; whether its algorithm is any good is found when it is verified.</returns>
    /// <exception cref="SshFormatException">It is no signature.</exception>
    public static SshSignature FromWire(ReadOnlyMemory<byte> wire) => Read(wire, out SshFormatException? fault) ?? throw fault!;

    /// <summary>Reads the wire form.</summary>
    /// <param name="wire">The bytes; copied.</param>
    /// <param name="signature">The signature.</param>
    /// <param name="reason">Why it is none: a sentence.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryFromWire(
        ReadOnlyMemory<byte> wire, [NotNullWhen(true)] out SshSignature? signature, [NotNullWhen(false)] out string? reason)
    {
        signature = Read(wire, out SshFormatException? fault);
        reason = fault?.Message;
        return signature is not null;
    }

    /// <summary>Writes the wire form.</summary>
    /// <returns>A new array the caller owns.</returns>
    public byte[] ToWire()
    {
        using var writer = new SshWriter(Blob.Length + Algorithm.Length + 16);
        writer.WriteString(Algorithm);
        writer.WriteString(Blob.Span);
        if (Flags is { } flags)
            writer.WriteByte(flags);
        if (Counter is { } counter)
            writer.WriteUInt32(counter);
        return writer.ToArray();
    }

    //  string  algorithm
    //  string  blob
    //  byte    flags      security keys only
    //  uint32  counter    security keys only
    internal static SshSignature? Read(ReadOnlyMemory<byte> wire, out SshFormatException? fault)
    {
        var reader = new SshReader(wire.Span);
        string algorithm = reader.ReadText("signature algorithm");
        byte[] blob = reader.ReadString("signature blob").ToArray();
        byte? flags = null;
        uint? counter = null;
        if (algorithm.StartsWith(SecurityKeyPrefix, StringComparison.Ordinal))
        {
            flags = reader.ReadByte("signature flags");
            counter = reader.ReadUInt32("signature counter");
        }

        reader.ReadEnd("signature");
        fault = reader.ToException();
        return fault is null ? new SshSignature(algorithm, blob, flags, counter) : null;
    }
}
