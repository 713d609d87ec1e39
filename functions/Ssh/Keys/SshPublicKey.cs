using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using SshFunctions.Ssh.Keys.Algorithms;
using SshFunctions.Ssh.Signatures;
using SshFunctions.Ssh.Wire;

namespace SshFunctions.Ssh.Keys;

/// <summary>A public key of a type that OpenSSH accepts today, checked when it was read.</summary>
/// <remarks>
/// ssh-rsa (2048 to 16384 bits), ecdsa-sha2-nistp256/384/521 (the point is on its curve), ssh-ed25519 and the two security key
/// types. Immutable and thread safe; equal when the wire forms are. Source: RFC 4253 section 6.6, RFC 5656 section 3.1, RFC 8709
/// section 4, PROTOCOL.u2f.
/// </remarks>
public sealed class SshPublicKey : IEquatable<SshPublicKey>
{
    /// <summary>Longest wire form that is read: a 16384-bit RSA key needs 2.1 kB.</summary>
    public const int MaximumWireBytes = 8192;

    private SshPublicKey(KeyAlgorithm algorithm, ReadOnlyMemory<byte> wire)
    {
        Algorithm = algorithm;
        Wire = wire;
    }

    /// <summary>The wire form: <c>string type</c> and the type's fields.</summary>
    public ReadOnlyMemory<byte> Wire { get; }

    /// <summary>The type's name, such as <c>ssh-ed25519</c>.</summary>
    public string KeyType => Algorithm.Name;

    /// <summary>SHA-256 of the wire form; computed at each call.</summary>
    public Fingerprint Fingerprint => Fingerprint.Of(Wire.Span);

    /// <summary>Bits of an RSA key's modulus; null for every other type.</summary>
    public int? RsaBits => Algorithm is RsaAlgorithm ? RsaAlgorithm.BitsOf(RsaAlgorithm.ParametersOf(Fields).Modulus) : null;

    internal KeyAlgorithm Algorithm { get; }

    /// <summary>The wire form after the type's name, as a certificate holds it.</summary>
    internal ReadOnlySpan<byte> Fields => Wire.Span[(sizeof(uint) + Algorithm.Name.Length)..];

    /// <summary>Reads a line as a <c>.pub</c> file holds it: <c>type base64 [comment]</c>.</summary>
    /// <param name="line">One line, without its line break; options as in authorized_keys are refused.</param>
    /// <param name="key">The key.</param>
    /// <param name="reason">Why it is none: a sentence a person can act on.</param>
    /// <returns>Whether it is a key.</returns>
    public static bool TryParse(string? line, [NotNullWhen(true)] out SshPublicKey? key, [NotNullWhen(false)] out string? reason)
    {
        key = null;
        if (!KeyLine.TryRead(line, out KeyLine read, out reason))
            return false;

        KeyAlgorithm? algorithm = KeyAlgorithm.Find(read.Type);
        if (algorithm is null)
        {
            reason = KeyLine.ExplainType(line!, read.Type);
            return false;
        }

        if (!TryOwnWire(read.Blob, out key, out reason))
            return false;
        if (key.Algorithm == algorithm)
            return true;

        reason = $"The line says {algorithm.Name}, but the key in it is of type {key.KeyType}.";
        key = null;
        return false;
    }

    /// <summary>Reads a line as a <c>.pub</c> file holds it: <c>type base64 [comment]</c>.</summary>
    /// <param name="line">One line, without its line break.</param>
    /// <returns>The key.</returns>
    /// <exception cref="FormatException">It is no key; the message says why.</exception>
    public static SshPublicKey Parse(string line) =>
        TryParse(line, out SshPublicKey? key, out string? reason) ? key : throw new FormatException(reason);

    /// <summary>Reads the wire form.</summary>
    /// <param name="wire">The bytes; copied.</param>
    /// <returns>The key.</returns>
    /// <exception cref="SshFormatException">It is no key of a supported type.</exception>
    public static SshPublicKey FromWire(ReadOnlyMemory<byte> wire) =>
        Read(wire.ToArray(), out SshFormatException? fault) ?? throw fault!;

    /// <summary>Reads the wire form.</summary>
    /// <param name="wire">The bytes; copied.</param>
    /// <param name="key">The key.</param>
    /// <param name="reason">Why it is none: a sentence.</param>
    /// <returns>Whether it is a key.</returns>
    public static bool TryFromWire(
        ReadOnlyMemory<byte> wire, [NotNullWhen(true)] out SshPublicKey? key, [NotNullWhen(false)] out string? reason) =>
        TryOwnWire(wire.ToArray(), out key, out reason);

    /// <summary>Takes the public half of an ECDSA key.</summary>
    /// <param name="ecdsa">A key on P-256, P-384 or P-521; not kept.</param>
    /// <returns>The key.</returns>
    /// <exception cref="ArgumentException">The curve is another one.</exception>
    public static SshPublicKey FromEcdsa(ECDsa ecdsa)
    {
        ArgumentNullException.ThrowIfNull(ecdsa);
        ECParameters parameters = ecdsa.ExportParameters(includePrivateParameters: false);
        NistCurve? curve = NistCurve.BySize(ecdsa.KeySize);
        if (curve is null || parameters.Curve.Oid?.Value != curve.Curve.Oid.Value)
            throw new ArgumentException("OpenSSH knows ECDSA on the curves P-256, P-384 and P-521 only.", nameof(ecdsa));

        using var wire = new SshWriter();
        wire.WriteString("ecdsa-sha2-" + curve.Name);
        wire.WriteString(curve.Name);
        wire.WriteString([0x04, .. parameters.Q.X!, .. parameters.Q.Y!]);
        return FromWire(wire.ToArray());
    }

    /// <summary>Takes the public half of an RSA key.</summary>
    /// <param name="rsa">A key of 2048 to 16384 bits; not kept.</param>
    /// <returns>The key.</returns>
    /// <exception cref="SshFormatException">The modulus is too short or too long.</exception>
    public static SshPublicKey FromRsa(RSA rsa)
    {
        ArgumentNullException.ThrowIfNull(rsa);
        RSAParameters parameters = rsa.ExportParameters(includePrivateParameters: false);
        using var wire = new SshWriter(1024);
        wire.WriteString("ssh-rsa");
        wire.WriteMpint(parameters.Exponent);
        wire.WriteMpint(parameters.Modulus);
        return FromWire(wire.ToArray());
    }

    /// <summary>Wraps an Ed25519 public key.</summary>
    /// <param name="publicKey">32 bytes.</param>
    /// <returns>The key.</returns>
    /// <exception cref="SshFormatException">It is not 32 bytes long.</exception>
    public static SshPublicKey FromEd25519(ReadOnlySpan<byte> publicKey)
    {
        using var wire = new SshWriter();
        wire.WriteString("ssh-ed25519"u8);
        wire.WriteString(publicKey);
        return FromWire(wire.ToArray());
    }

    /// <summary>Whether a signature is this key's over the data.</summary>
    /// <param name="data">What was signed.</param>
    /// <param name="signature">The signature; one of RSA with SHA-1 ("ssh-rsa") is never valid.</param>
    /// <returns>False as well for a malformed signature, another key type's, or a security key's that nobody touched.</returns>
    /// <exception cref="PlatformNotSupportedException">An Ed25519 key, and the platform has no OpenSSL 3.</exception>
    public bool Verify(ReadOnlySpan<byte> data, SshSignature signature)
    {
        ArgumentNullException.ThrowIfNull(signature);
        return Algorithm.Verify(Fields, data, signature);
    }

    /// <summary>The line of a <c>.pub</c> file, without a comment or line break.</summary>
    /// <returns><c>type base64</c>.</returns>
    public string ToText() => $"{KeyType} {Convert.ToBase64String(Wire.Span)}";

    /// <summary>The line of a <c>.pub</c> file, without a comment or line break.</summary>
    /// <returns><c>type base64</c>.</returns>
    public override string ToString() => ToText();

    /// <summary>Whether the wire forms are the same.</summary>
    /// <param name="other">Another key.</param>
    /// <returns>Whether it is the same key.</returns>
    public bool Equals(SshPublicKey? other) => other is not null && Wire.Span.SequenceEqual(other.Wire.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SshPublicKey);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(Wire.Span);
        return hash.ToHashCode();
    }

    //  string  type
    //  byte[]  fields of the type
    internal static SshPublicKey? Read(ReadOnlyMemory<byte> wire, out SshFormatException? fault, bool isChecked = false)
    {
        var reader = new SshReader(wire.Span);
        KeyAlgorithm? algorithm = null;
        if (wire.Length > MaximumWireBytes)
        {
            reader.FailAt(0, "public key", $"has {wire.Length} bytes, more than any key needs");
        }
        else
        {
            string type = reader.ReadText("key type");
            algorithm = KeyAlgorithm.Find(type);
            if (algorithm is null)
                reader.FailAt(0, "key type", KeyLine.IsDsa(type) ? "is ssh-dss, " + KeyLine.WhyNotDsa : "is not one of " + KeyAlgorithm.Names);
            algorithm?.ReadFields(ref reader);
            reader.ReadEnd("public key");
        }

        fault = reader.ToException();
        if (fault is null && !isChecked && algorithm!.FindFault(wire.Span[(sizeof(uint) + algorithm.Name.Length)..]) is { } problem)
            fault = new SshFormatException("public key", 0, problem);
        return fault is null ? new SshPublicKey(algorithm!, wire) : null;
    }

    /// <summary>Wraps fields that <see cref="KeyAlgorithm.ReadFields"/> has accepted.</summary>
    internal static SshPublicKey FromFields(KeyAlgorithm algorithm, ReadOnlySpan<byte> fields)
    {
        byte[] wire = new byte[sizeof(uint) + algorithm.Name.Length + fields.Length];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(wire, algorithm.Name.Length);
        System.Text.Encoding.ASCII.GetBytes(algorithm.Name, wire.AsSpan(sizeof(uint)));
        fields.CopyTo(wire.AsSpan(sizeof(uint) + algorithm.Name.Length));
        return new SshPublicKey(algorithm, wire);
    }

    private static bool TryOwnWire(
        byte[] wire, [NotNullWhen(true)] out SshPublicKey? key, [NotNullWhen(false)] out string? reason)
    {
        key = Read(wire, out SshFormatException? fault);
        reason = fault?.Message;
        return key is not null;
    }
}
