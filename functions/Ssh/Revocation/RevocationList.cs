using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using SshFunctions.Ssh.Certificates;
using SshFunctions.Ssh.Keys;
using SshFunctions.Ssh.Wire;

namespace SshFunctions.Ssh.Revocation;

/// <summary>A key revocation list, read: answers as <c>ssh-keygen -Q</c> and sshd do.</summary>
/// <remarks>Immutable and thread safe. A signature over the list travels beside it; the one the format once held is refused, as
/// OpenSSH does since 9.4. Source: PROTOCOL.krl.</remarks>
public sealed class RevocationList
{
    private readonly FrozenSet<string> _keys;
    private readonly FrozenSet<string> _sha1;
    private readonly FrozenSet<string> _sha256;

    internal RevocationList(ulong version, DateTimeOffset generated, string comment, RevocationListParts parts)
    {
        Version = version;
        Generated = generated;
        Comment = comment;
        Certificates = [.. parts.Certificates.Select(pair => pair.Value.ToRevoked())];
        _keys = parts.Keys.ToFrozenSet(StringComparer.Ordinal);
        _sha1 = parts.Sha1.ToFrozenSet(StringComparer.Ordinal);
        _sha256 = parts.Sha256.ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>The list's version, chosen by its maker; a later list has a greater one.</summary>
    public ulong Version { get; }

    /// <summary>When it was made.</summary>
    /// <value>UTC, whole seconds, by the clock of its maker.</value>
    public DateTimeOffset Generated { get; }

    /// <summary>Its maker's comment; often empty.</summary>
    public string Comment { get; }

    /// <summary>Revoked certificates, one entry for each CA and one for any CA.</summary>
    public ImmutableArray<RevokedCertificates> Certificates { get; }

    /// <summary>Keys revoked by their wire form.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> ExplicitKeys => _keys.Select(FromSetKey);

    /// <summary>SHA-1 hashes of revoked keys, 20 bytes each.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Sha1Fingerprints => _sha1.Select(FromSetKey);

    /// <summary>SHA-256 hashes of revoked keys.</summary>
    public IEnumerable<Fingerprint> Sha256Fingerprints => _sha256.Select(text => Fingerprint.FromHash(FromSetKey(text).Span));

    /// <summary>Reads a list.</summary>
    /// <param name="bytes">The whole file; not kept.</param>
    /// <returns>The list.</returns>
    /// <exception cref="SshFormatException">It is no list, or holds something that must not be ignored; an empty file is no list.</exception>
    public static RevocationList Parse(ReadOnlySpan<byte> bytes) =>
        RevocationListReader.Read(bytes, out SshFormatException? fault) ?? throw fault!;

    /// <summary>Reads a list.</summary>
    /// <param name="bytes">The whole file; not kept.</param>
    /// <param name="list">The list.</param>
    /// <param name="reason">Why it is none: a sentence.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryParse(
        ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out RevocationList? list, [NotNullWhen(false)] out string? reason)
    {
        list = RevocationListReader.Read(bytes, out SshFormatException? fault);
        reason = fault?.Message;
        return list is not null;
    }

    /// <summary>Whether a key is revoked, by itself or by a fingerprint.</summary>
    /// <param name="key">The key.</param>
    /// <returns>Whether it is.</returns>
    [SuppressMessage("Security", "CA5350", Justification = "The format names keys by SHA-1; a collision revokes one key more, never one less.")]
    public bool IsRevoked(SshPublicKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        ReadOnlySpan<byte> wire = key.Wire.Span;
        return (_keys.Count > 0 && _keys.Contains(KrlFormat.ToSetKey(wire)))
            || (_sha256.Count > 0 && _sha256.Contains(KrlFormat.ToSetKey(SHA256.HashData(wire))))
            || (_sha1.Count > 0 && _sha1.Contains(KrlFormat.ToSetKey(SHA1.HashData(wire))));
    }

    /// <summary>Whether a certificate is revoked: its key, its CA's key, its serial or its key id.</summary>
    /// <param name="certificate">The certificate; its signature is not looked at.</param>
    /// <returns>Whether it is; serial 0 is no serial and never revoked as one.</returns>
    public bool IsRevoked(SshCertificate certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return IsRevoked(certificate.Content.SubjectKey) || IsRevoked(certificate.CaKey)
            || IsRevoked(certificate.CaKey, certificate.Content.Serial, certificate.Content.KeyId);
    }

    /// <summary>Whether what a CA issued is revoked by serial or key id; also of things that are no certificate.</summary>
    /// <param name="ca">The CA's key; whether that itself is revoked is not looked at.</param>
    /// <param name="serial">The serial; 0 is no serial and never revoked as one.</param>
    /// <param name="keyId">The key id.</param>
    /// <returns>Whether it is, under this CA or under any.</returns>
    public bool IsRevoked(SshPublicKey ca, ulong serial, string keyId)
    {
        ArgumentNullException.ThrowIfNull(ca);
        ArgumentNullException.ThrowIfNull(keyId);
        foreach (RevokedCertificates revoked in Certificates)
        {
            if ((revoked.CaWire.IsEmpty || revoked.CaWire.Span.SequenceEqual(ca.Wire.Span)) && revoked.Contains(serial, keyId))
                return true;
        }

        return false;
    }

    private static ReadOnlyMemory<byte> FromSetKey(string text) => System.Text.Encoding.Latin1.GetBytes(text);
}
