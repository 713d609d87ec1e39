using SshFunctions.Ssh.Keys;
using SshFunctions.Ssh.Wire;

namespace SshFunctions.Ssh.Revocation;

/// <summary>Collects what is revoked and writes a key revocation list.</summary>
/// <remarks>The same content gives the same bytes, whatever the order of adding. Not thread safe. Source: PROTOCOL.krl.</remarks>
public sealed class RevocationListBuilder
{
    private readonly RevocationListParts _parts = new();

    /// <summary>Revokes one certificate.</summary>
    /// <param name="ca">Its CA; null for any CA.</param>
    /// <param name="serial">Its serial, not 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The serial is 0, which is no serial.</exception>
    public void AddSerial(SshPublicKey? ca, ulong serial) => AddSerials(ca, serial, serial);

    /// <summary>Revokes certificates.</summary>
    /// <param name="ca">Their CA; null for any CA.</param>
    /// <param name="serials">Their serials, in any order, none of them 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A serial is 0.</exception>
    public void AddSerials(SshPublicKey? ca, IEnumerable<ulong> serials)
    {
        ArgumentNullException.ThrowIfNull(serials);
        List<ulong> singles = Of(ca).Singles;
        foreach (ulong serial in serials)
        {
            ArgumentOutOfRangeException.ThrowIfZero(serial, nameof(serials));
            singles.Add(serial);
        }
    }

    /// <summary>Revokes a range of certificates.</summary>
    /// <param name="ca">Their CA; null for any CA.</param>
    /// <param name="first">The first serial, inclusive, not 0.</param>
    /// <param name="last">The last serial, inclusive.</param>
    /// <exception cref="ArgumentOutOfRangeException">The first is 0 or greater than the last.</exception>
    public void AddSerials(SshPublicKey? ca, ulong first, ulong last)
    {
        ArgumentOutOfRangeException.ThrowIfZero(first);
        ArgumentOutOfRangeException.ThrowIfLessThan(last, first);
        Of(ca).Ranges.Add(new SerialRange(first, last));
    }

    /// <summary>Revokes every certificate with a key id.</summary>
    /// <param name="ca">Their CA; null for any CA.</param>
    /// <param name="keyId">The key id, exactly; not empty, no NUL.</param>
    /// <exception cref="ArgumentException">The key id is empty or has a NUL in it.</exception>
    public void AddKeyId(SshPublicKey? ca, string keyId)
    {
        ArgumentException.ThrowIfNullOrEmpty(keyId);
        if (keyId.Contains('\0', StringComparison.Ordinal))
            throw new ArgumentException("A key id must not contain a NUL.", nameof(keyId));
        Of(ca).KeyIds.Add(keyId);
    }

    /// <summary>Revokes a key, and every certificate of it or by it.</summary>
    /// <param name="key">The key, which the list will hold whole.</param>
    public void AddKey(SshPublicKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        _parts.Keys.Add(KrlFormat.ToSetKey(key.Wire.Span));
    }

    /// <summary>Revokes a key, and every certificate of it or by it, of which only the fingerprint is known.</summary>
    /// <param name="fingerprint">Its fingerprint.</param>
    public void AddFingerprint(Fingerprint fingerprint) => _parts.Sha256.Add(KrlFormat.ToSetKey(fingerprint.ToHash()));

    /// <summary>Writes the list.</summary>
    /// <param name="version">Greater than that of every list before.</param>
    /// <param name="generated">Now, as the caller knows it; not before 1970, fractions are dropped.</param>
    /// <param name="comment">For people; no NUL.</param>
    /// <returns>The file's content: never empty, since sshd takes an empty file for "nothing is revoked".</returns>
    public byte[] Build(ulong version, DateTimeOffset generated, string comment = "")
    {
        using var writer = new SshWriter(4096);
        writer.WriteUInt64(KrlFormat.Magic);
        writer.WriteUInt32(KrlFormat.Version);
        writer.WriteUInt64(version);
        writer.WriteUInt64((ulong)generated.ToUnixTimeSeconds());
        writer.WriteUInt64(0);
        writer.WriteString([]);
        writer.WriteString(comment);
        foreach (RevocationListParts.Authority authority in _parts.Certificates.Values)
            WriteCertificates(writer, authority);
        WriteAll(writer, KrlFormat.ExplicitKeys, _parts.Keys);
        WriteAll(writer, KrlFormat.Sha256Fingerprints, _parts.Sha256);
        return writer.ToArray();
    }

    private static void WriteCertificates(SshWriter writer, RevocationListParts.Authority authority)
    {
        writer.WriteByte(KrlFormat.Certificates);
        int section = writer.BeginString();
        writer.WriteString(authority.CaWire);
        writer.WriteString([]);
        SerialSections.Write(writer, authority.ToRuns());
        if (authority.KeyIds.Count > 0)
        {
            writer.WriteByte(KrlFormat.KeyIds);
            int keyIds = writer.BeginString();
            foreach (string keyId in authority.KeyIds)
                writer.WriteString(keyId);
            writer.EndString(keyIds);
        }

        writer.EndString(section);
    }

    private static void WriteAll(SshWriter writer, byte type, SortedSet<string> values)
    {
        if (values.Count == 0)
            return;
        writer.WriteByte(type);
        int section = writer.BeginString();
        foreach (string value in values)
            writer.WriteString(System.Text.Encoding.Latin1.GetBytes(value));
        writer.EndString(section);
    }

    private RevocationListParts.Authority Of(SshPublicKey? ca) => _parts.Of(ca is null ? default : ca.Wire.Span);
}
