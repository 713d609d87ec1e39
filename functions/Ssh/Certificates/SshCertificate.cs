using System.Diagnostics.CodeAnalysis;
using SshFunctions.Ssh.Keys;
using SshFunctions.Ssh.Keys.Algorithms;
using SshFunctions.Ssh.Signatures;
using SshFunctions.Ssh.Wire;

namespace SshFunctions.Ssh.Certificates;

/// <summary>An OpenSSH certificate: a content, the CA's key and the CA's signature.</summary>
/// <remarks>Reading one does not verify its signature: <see cref="VerifySignature()"/> does. Immutable and thread safe.
/// Source: draft-miller-ssh-cert.</remarks>
public sealed class SshCertificate
{
    /// <summary>Longest wire form that is read: 256 principals of 255 characters and two RSA-16384 keys stay under it.</summary>
    public const int MaximumWireBytes = 96 * 1024;

    private readonly int _signedBytes;

    private SshCertificate(CertificateContent content, SshPublicKey caKey, SshSignature signature, ReadOnlyMemory<byte> wire, int signedBytes)
    {
        Content = content;
        CaKey = caKey;
        Signature = signature;
        Wire = wire;
        _signedBytes = signedBytes;
    }

    /// <summary>What the certificate says.</summary>
    public CertificateContent Content { get; }

    /// <summary>The key it names as its CA; whether to trust that key is not for this library to say.</summary>
    public SshPublicKey CaKey { get; }

    /// <summary>The CA's signature, verified or not.</summary>
    public SshSignature Signature { get; }

    /// <summary>The wire form.</summary>
    public ReadOnlyMemory<byte> Wire { get; }

    /// <summary>The type's name, such as <c>ssh-ed25519-cert-v01@openssh.com</c>.</summary>
    public string CertificateKeyType => Content.SubjectKey.Algorithm.CertificateName;

    /// <summary>Puts content and signature together.</summary>
    /// <param name="toBeSigned">What <see cref="CertificateContent.ToBeSigned"/> returned.</param>
    /// <param name="signature">The CA's signature over it.</param>
    /// <returns>The certificate.</returns>
    /// <exception cref="SshFormatException">The bytes are not the signed part of a certificate.</exception>
    public static SshCertificate Assemble(byte[] toBeSigned, SshSignature signature)
    {
        ArgumentNullException.ThrowIfNull(toBeSigned);
        ArgumentNullException.ThrowIfNull(signature);
        byte[] wireSignature = signature.ToWire();
        using var writer = new SshWriter(toBeSigned.Length + wireSignature.Length + sizeof(uint));
        writer.WriteBytes(toBeSigned);
        writer.WriteString(wireSignature);

        // The keys in it were checked when they were read; their points need no second look.
        return Read(writer.ToArray(), keysAreChecked: true, out SshFormatException? fault) ?? throw fault!;
    }

    /// <summary>Reads a line as a <c>-cert.pub</c> file holds it: <c>type base64 [comment]</c>.</summary>
    /// <param name="line">One line, without its line break.</param>
    /// <param name="certificate">The certificate; its signature is not verified yet.</param>
    /// <param name="reason">Why it is none: a sentence a person can act on.</param>
    /// <returns>Whether it is a certificate.</returns>
    public static bool TryParse(
        string? line, [NotNullWhen(true)] out SshCertificate? certificate, [NotNullWhen(false)] out string? reason)
    {
        certificate = null;
        if (!KeyLine.TryRead(line, out KeyLine read, out reason))
            return false;

        if (KeyAlgorithm.FindCertificate(read.Type) is null)
        {
            reason = KeyLine.ExplainType(line!, read.Type);
            return false;
        }

        certificate = Read(read.Blob, keysAreChecked: false, out SshFormatException? fault);
        reason = fault?.Message;
        if (certificate is null || read.Type.SequenceEqual(certificate.CertificateKeyType))
            return certificate is not null;

        reason = $"The line says {read.Type}, but the certificate in it is of type {certificate.CertificateKeyType}.";
        certificate = null;
        return false;
    }

    /// <summary>Reads a line as a <c>-cert.pub</c> file holds it: <c>type base64 [comment]</c>.</summary>
    /// <param name="line">One line, without its line break.</param>
    /// <returns>The certificate; its signature is not verified yet.</returns>
    /// <exception cref="FormatException">It is no certificate; the message says why.</exception>
    public static SshCertificate Parse(string line) =>
        TryParse(line, out SshCertificate? certificate, out string? reason) ? certificate : throw new FormatException(reason);

    /// <summary>Reads the wire form.</summary>
    /// <param name="wire">The bytes; copied.</param>
    /// <returns>The certificate; its signature is not verified yet.</returns>
    /// <exception cref="SshFormatException">It is no certificate.</exception>
    public static SshCertificate FromWire(ReadOnlyMemory<byte> wire) =>
        Read(wire.ToArray(), keysAreChecked: false, out SshFormatException? fault) ?? throw fault!;

    /// <summary>Reads the wire form.</summary>
    /// <param name="wire">The bytes; copied.</param>
    /// <param name="certificate">The certificate; its signature is not verified yet.</param>
    /// <param name="reason">Why it is none: a sentence.</param>
    /// <returns>Whether it is a certificate.</returns>
    public static bool TryFromWire(
        ReadOnlyMemory<byte> wire, [NotNullWhen(true)] out SshCertificate? certificate, [NotNullWhen(false)] out string? reason)
    {
        certificate = Read(wire.ToArray(), keysAreChecked: false, out SshFormatException? fault);
        reason = fault?.Message;
        return certificate is not null;
    }

    /// <summary>Whether the signature is that of the CA key in the certificate.</summary>
    /// <returns>False as well for a signature by RSA with SHA-1.</returns>
    public bool VerifySignature() => CaKey.Verify(Wire.Span[.._signedBytes], Signature);

    /// <summary>Whether the certificate names this key as its CA, and the signature is that key's.</summary>
    /// <param name="ca">The key, made ready.</param>
    /// <returns>False as well for a signature by RSA with SHA-1.</returns>
    public bool VerifySignature(SignatureVerifier ca)
    {
        ArgumentNullException.ThrowIfNull(ca);
        return CaKey.Equals(ca.Key) && ca.Verify(Wire.Span[.._signedBytes], Signature);
    }

    /// <summary>The line of a <c>-cert.pub</c> file, without its line break.</summary>
    /// <param name="comment">What follows the key; null for nothing. No control characters.</param>
    /// <returns><c>type base64 [comment]</c>.</returns>
    /// <exception cref="ArgumentException">The comment has a control character.</exception>
    public string ToText(string? comment = null)
    {
        if (comment is not null && comment.Any(char.IsControl))
            throw new ArgumentException("A comment must not contain a control character.", nameof(comment));
        string text = $"{CertificateKeyType} {Convert.ToBase64String(Wire.Span)}";
        return string.IsNullOrEmpty(comment) ? text : $"{text} {comment}";
    }

    //  byte[]  content
    //  string  reserved: OpenSSH ignores it, but nothing writes it, so anything there is refused
    //  string  CA key
    //  string  signature over all of the above
    private static SshCertificate? Read(byte[] wire, bool keysAreChecked, out SshFormatException? fault)
    {
        var reader = new SshReader(wire);
        if (wire.Length > MaximumWireBytes)
            reader.FailAt(0, "certificate", $"has {wire.Length} bytes, more than any needs");
        CertificateContent? content = CertificateContent.Read(ref reader, wire);
        if (!reader.ReadString("reserved field").IsEmpty)
            reader.FailAt(reader.Position, "reserved field", "is not empty");
        int caStart = reader.Position;
        ReadOnlySpan<byte> ca = reader.ReadString("CA key");
        int signedBytes = reader.Position;
        ReadOnlySpan<byte> signature = reader.ReadString("signature");
        reader.ReadEnd("certificate");
        fault = reader.ToException();
        if (fault is not null)
            return null;

        SshPublicKey? caKey = SshPublicKey.Read(ca.ToArray(), out SshFormatException? caFault, keysAreChecked);
        SshSignature? read = SshSignature.Read(signature.ToArray(), out SshFormatException? signatureFault);
        if (caFault is not null)
            fault = new SshFormatException("CA key", caStart, "is malformed: " + caFault.Message.TrimEnd('.'));
        else if (signatureFault is not null)
            fault = new SshFormatException("signature", signedBytes, "is malformed: " + signatureFault.Message.TrimEnd('.'));
        else if (!keysAreChecked && content!.SubjectKey.Algorithm.FindFault(content.SubjectKey.Fields) is { } problem)
            fault = new SshFormatException("subject key", 0, problem);
        return fault is null ? new SshCertificate(content!, caKey!, read!, wire, signedBytes) : null;
    }
}
