using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using SshFunctions.Ssh.Keys;
using SshFunctions.Ssh.Wire;

namespace SshFunctions.Ssh.Signatures;

/// <summary>Signatures of messages and files, as <c>ssh-keygen -Y sign</c> makes them.</summary>
/// <remarks>Source: PROTOCOL.sshsig.</remarks>
public static class SshSig
{
    private const string Label = "SSH SIGNATURE";
    private const uint Version = 1;
    private const string Sha256Name = "sha256";
    private const string Sha512Name = "sha512";

    private static ReadOnlySpan<byte> Magic => "SSHSIG"u8;

    /// <summary>The bytes to sign for a message.</summary>
    /// <param name="signatureNamespace">What the signature is for, so that it can't be used elsewhere; not empty, no control character.</param>
    /// <param name="message">The message; hashed with SHA-512.</param>
    /// <returns>A new array the caller owns.</returns>
    /// <exception cref="ArgumentException">The namespace is malformed.</exception>
    public static byte[] ToBeSigned(string signatureNamespace, ReadOnlySpan<byte> message)
    {
        RequireNamespace(signatureNamespace);
        return ToBeSigned(signatureNamespace, Sha512Name, SHA512.HashData(message));
    }

    /// <summary>Makes the armored text.</summary>
    /// <param name="signer">The key that signed.</param>
    /// <param name="signatureNamespace">The namespace that was signed.</param>
    /// <param name="signature">The signature over <see cref="ToBeSigned(string, ReadOnlySpan{byte})"/>.</param>
    /// <returns>The text, with its last line break.</returns>
    /// <exception cref="ArgumentException">The namespace is malformed.</exception>
    public static string Create(SshPublicKey signer, string signatureNamespace, SshSignature signature)
    {
        ArgumentNullException.ThrowIfNull(signer);
        ArgumentNullException.ThrowIfNull(signature);
        RequireNamespace(signatureNamespace);

        //  byte[6]  "SSHSIG"
        //  uint32   version: 1
        //  string   public key
        //  string   namespace
        //  string   reserved: empty
        //  string   hash algorithm
        //  string   signature
        using var writer = new SshWriter(1024);
        writer.WriteBytes(Magic);
        writer.WriteUInt32(Version);
        writer.WriteString(signer.Wire.Span);
        writer.WriteString(signatureNamespace);
        writer.WriteString([]);
        writer.WriteString(Sha512Name);
        writer.WriteString(signature.ToWire());
        return Encoding.ASCII.GetString(Armor.Write(Label, writer.Written));
    }

    /// <summary>Signs a message.</summary>
    /// <param name="key">The signer.</param>
    /// <param name="signatureNamespace">What the signature is for; not empty, no control character.</param>
    /// <param name="message">The message.</param>
    /// <returns>The armored text.</returns>
    /// <exception cref="ArgumentException">The namespace is malformed.</exception>
    public static string Sign(SshPrivateKey key, string signatureNamespace, ReadOnlySpan<byte> message)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Create(key.PublicKey, signatureNamespace, key.Sign(ToBeSigned(signatureNamespace, message)));
    }

    /// <summary>Checks a signature over a message.</summary>
    /// <param name="armored">The text from BEGIN SSH SIGNATURE to END SSH SIGNATURE.</param>
    /// <param name="expectedNamespace">The namespace it must be for.</param>
    /// <param name="message">The message.</param>
    /// <param name="signer">The key that signed; whether to trust it is not for this library to say.</param>
    /// <param name="reason">Why it is not valid: a sentence.</param>
    /// <returns>Whether it is valid; hashes other than SHA-256 and SHA-512 and RSA with SHA-1 never are.</returns>
    public static bool Verify(
        string armored,
        string expectedNamespace,
        ReadOnlySpan<byte> message,
        [NotNullWhen(true)] out SshPublicKey? signer,
        [NotNullWhen(false)] out string? reason)
    {
        ArgumentNullException.ThrowIfNull(armored);
        RequireNamespace(expectedNamespace);
        signer = null;
        if (Armor.Read(Label, Encoding.UTF8.GetBytes(armored)) is not { } content)
        {
            reason = $"This is not a text from BEGIN {Label} to END {Label}.";
            return false;
        }

        reason = Check(content, expectedNamespace, message, out SshPublicKey? key);
        signer = reason is null ? key : null;
        return signer is not null;
    }

    private static string? Check(byte[] content, string expectedNamespace, ReadOnlySpan<byte> message, out SshPublicKey? key)
    {
        //  byte[6]  "SSHSIG"
        //  uint32   version: 1
        //  string   public key
        //  string   namespace
        //  string   reserved: ignored, as its specification says
        //  string   hash algorithm
        //  string   signature
        var reader = new SshReader(content);
        if (!reader.ReadBytes(Magic.Length, "magic").SequenceEqual(Magic))
            reader.FailAt(0, "magic", "is not SSHSIG");
        if (reader.ReadUInt32("version") != Version)
            reader.FailAt(Magic.Length, "version", "is not 1");
        byte[] publicKey = reader.ReadString("public key").ToArray();
        string signatureNamespace = reader.ReadText("namespace");
        byte[] reserved = reader.ReadString("reserved field").ToArray();
        string hash = reader.ReadText("hash algorithm");
        byte[] wire = reader.ReadString("signature").ToArray();
        reader.ReadEnd("signature");
        key = null;
        if (reader.Problem is { } problem)
            return problem;
        if (!SshPublicKey.TryFromWire(publicKey, out key, out string? reason) || !SshSignature.TryFromWire(wire, out SshSignature? signature, out reason))
            return reason;
        if (signatureNamespace != expectedNamespace)
            return $"The signature is not for the namespace {expectedNamespace}.";
        if (hash is not (Sha256Name or Sha512Name))
            return "The message was hashed with something other than SHA-256 or SHA-512.";

        byte[] hashed = hash == Sha256Name ? SHA256.HashData(message) : SHA512.HashData(message);
        return key.Verify(ToBeSigned(signatureNamespace, hash, hashed, reserved), signature)
            ? null
            : "The signature is not that of its key over this message.";
    }

    //  byte[6]  "SSHSIG"
    //  string   namespace
    //  string   reserved: empty
    //  string   hash algorithm
    //  string   hash of the message
    private static byte[] ToBeSigned(string signatureNamespace, string hash, ReadOnlySpan<byte> hashed, ReadOnlySpan<byte> reserved = default)
    {
        using var writer = new SshWriter();
        writer.WriteBytes(Magic);
        writer.WriteString(signatureNamespace);
        writer.WriteString(reserved);
        writer.WriteString(hash);
        writer.WriteString(hashed);
        return writer.ToArray();
    }

    private static void RequireNamespace(string signatureNamespace)
    {
        ArgumentException.ThrowIfNullOrEmpty(signatureNamespace);
        if (signatureNamespace.Any(char.IsControl))
            throw new ArgumentException("A namespace must not contain a control character.", nameof(signatureNamespace));
    }
}
