using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using SshFunctions.Ssh.Keys;
using SshFunctions.Ssh.Wire;

namespace SshFunctions.Ssh.Revocation;

/// <summary>Reads every section of a key revocation list. Source: PROTOCOL.krl.</summary>
internal ref struct RevocationListReader
{
    private const ulong LastSecond = 253402300799; // 9999-12-31T23:59:59Z, the last that DateTimeOffset can say

    private readonly RevocationListParts _parts = new();
    private SshReader _reader;

    private RevocationListReader(ReadOnlySpan<byte> bytes) => _reader = new SshReader(bytes);

    public static RevocationList? Read(ReadOnlySpan<byte> bytes, out SshFormatException? fault)
    {
        var reader = new RevocationListReader(bytes);
        RevocationList list = reader.ReadList();
        fault = reader._reader.ToException();
        return fault is null ? list : null;
    }

    //  uint64  magic: "SSHKRL\n" and NUL
    //  uint32  format version: 1
    //  uint64  version of the list
    //  uint64  generated
    //  uint64  flags: none are defined, OpenSSH ignores them
    //  string  reserved: likewise
    //  string  comment
    //  sections, each a byte type and a string body
    private RevocationList ReadList()
    {
        if (_reader.ReadUInt64("magic") != KrlFormat.Magic)
            _reader.FailAt(0, "magic", "is not that of a key revocation list");
        int start = _reader.Position;
        if (_reader.ReadUInt32("format version") != KrlFormat.Version)
            _reader.FailAt(start, "format version", "is not 1");
        ulong version = _reader.ReadUInt64("version");
        start = _reader.Position;
        ulong generated = _reader.ReadUInt64("generated");
        if (generated > LastSecond)
            _reader.FailAt(start, "generated", "is after the year 9999");
        _reader.ReadUInt64("flags");
        _reader.ReadString("reserved field");
        string comment = _reader.ReadText("comment");
        while (!_reader.Failed && _reader.Remaining > 0)
            ReadSection();
        return new RevocationList(
            version, DateTimeOffset.FromUnixTimeSeconds(_reader.Failed ? 0 : (long)generated), comment, _reader.Failed ? new() : _parts);
    }

    private void ReadSection()
    {
        int start = _reader.Position;
        byte type = _reader.ReadByte("section type");
        int bodyStart = _reader.Position + sizeof(uint);
        var body = new SshReader(_reader.ReadString("section"), bodyStart);
        if (_reader.Failed)
            return;

        switch (type)
        {
            case KrlFormat.Certificates:
                ReadCertificates(ref body);
                break;
            case KrlFormat.ExplicitKeys:
                ReadAll(ref body, "revoked key", length: 0, _parts.Keys);
                break;
            case KrlFormat.Sha1Fingerprints:
                ReadAll(ref body, "SHA-1 fingerprint", length: 20, _parts.Sha1);
                break;
            case KrlFormat.Sha256Fingerprints:
                ReadAll(ref body, "SHA-256 fingerprint", length: 32, _parts.Sha256);
                break;
            case KrlFormat.Extension:
                ReadExtension(ref body);
                break;
            case KrlFormat.Signature:
                _reader.FailAt(start, "section", "is a signature, which OpenSSH refuses since 9.4; sign the file beside it");
                break;
            default:
                _reader.FailAt(start, "section type", string.Create(CultureInfo.InvariantCulture, $"is {type}, which is unknown"));
                break;
        }

        Pass(body, start);
    }

    //  string  CA key: empty for any CA
    //  string  reserved: ignored
    //  subsections, each a byte type and a string body
    private void ReadCertificates(ref SshReader section)
    {
        if (!TryReadAuthority(ref section, out RevocationListParts.Authority? authority))
            return;
        section.ReadString("reserved field");
        while (!section.Failed && section.Remaining > 0)
        {
            int start = section.Position;
            byte type = section.ReadByte("certificate section type");
            var body = new SshReader(section.ReadString("certificate section"));
            ReadCertificateSection(type, ref body, authority);
            if (body.ToException() is { } fault)
                section.FailAt(start, "certificate section", "is malformed: " + fault.Message.TrimEnd('.'));
        }
    }

    // sshd reads the key as well, and refuses every login over a list with one that it can't.
    private readonly bool TryReadAuthority(ref SshReader section, [NotNullWhen(true)] out RevocationListParts.Authority? authority)
    {
        int start = section.Position;
        ReadOnlySpan<byte> ca = section.ReadString("CA key");
        if (!ca.IsEmpty && SshPublicKey.Read(ca.ToArray(), out SshFormatException? fault) is null)
            section.FailAt(start, "CA key", "is malformed: " + fault!.Message.TrimEnd('.'));
        authority = section.Failed ? null : _parts.Of(ca);
        return authority is not null;
    }

    private static void ReadCertificateSection(byte type, ref SshReader body, RevocationListParts.Authority authority)
    {
        switch (type)
        {
            case KrlFormat.SerialList:
                //  uint64  serial, repeated
                while (!body.Failed && body.Remaining > 0)
                    Add(ref body, authority, body.ReadUInt64("serial"));
                break;
            case KrlFormat.SerialRange:
                //  uint64  first
                //  uint64  last
                Add(ref body, authority, body.ReadUInt64("first serial"), body.ReadUInt64("last serial"));
                body.ReadEnd("range");
                break;
            case KrlFormat.SerialBitmap:
                ReadBitmap(ref body, authority);
                break;
            case KrlFormat.KeyIds:
                //  string  key id, repeated
                while (!body.Failed && body.Remaining > 0)
                    authority.KeyIds.Add(body.ReadText("key id"));
                break;
            case KrlFormat.CertificateExtension:
                ReadExtension(ref body);
                break;
            default:
                body.FailAt(0, "type", string.Create(CultureInfo.InvariantCulture, $"is {type}, which is unknown"));
                break;
        }
    }

    //  uint64  offset
    //  mpint   bitmap: bit n revokes serial offset + n
    private static void ReadBitmap(ref SshReader body, RevocationListParts.Authority authority)
    {
        ulong offset = body.ReadUInt64("offset");
        ReadOnlySpan<byte> bitmap = body.ReadMpint("bitmap");
        body.ReadEnd("bitmap");
        if (body.Failed || bitmap.IsEmpty)
            return;

        ulong highestBit = ((ulong)bitmap.Length * 8) - 1 - (ulong)(BitOperations.LeadingZeroCount((uint)bitmap[0]) - 24);
        if (highestBit >= KrlFormat.MaximumBitmapBits)
        {
            body.FailAt(0, "bitmap", $"has more than {KrlFormat.MaximumBitmapBits} bits: sshd could not read it, and would refuse every login");
            return;
        }

        if (highestBit > ulong.MaxValue - offset)
        {
            body.FailAt(0, "bitmap", "reaches beyond the greatest serial");
            return;
        }

        for (ulong bit = 0; bit <= highestBit && !body.Failed; bit++)
        {
            if ((bitmap[bitmap.Length - 1 - (int)(bit / 8)] >> (int)(bit % 8) & 1) != 0)
                Add(ref body, authority, offset + bit);
        }
    }

    private static void Add(ref SshReader body, RevocationListParts.Authority authority, ulong serial) => Add(ref body, authority, serial, serial);

    // Ranges that touch are joined at once, which keeps dense bitmaps small.
    private static void Add(ref SshReader body, RevocationListParts.Authority authority, ulong first, ulong last)
    {
        if (body.Failed)
            return;
        if (first == 0 || last < first)
        {
            body.FailAt(0, "serial", first == 0 ? "is 0, which is no serial" : "range ends before it begins");
            return;
        }

        List<SerialRange> serials = authority.Ranges;
        if (serials.Count > 0 && serials[^1].Last != ulong.MaxValue && serials[^1].Last + 1 == first)
            serials[^1] = serials[^1] with { Last = last };
        else
            serials.Add(new SerialRange(first, last));
    }

    //  string  name
    //  byte    critical: not 0 when it must not be ignored
    //  string  contents
    private static void ReadExtension(ref SshReader body)
    {
        string name = body.ReadText("extension name");
        int start = body.Position;
        if (body.ReadByte("critical flag") != 0)
            body.FailAt(start, "extension", $"{name} is critical and unknown");
        body.ReadString("extension contents");
        body.ReadEnd("extension");
    }

    //  string  value, repeated; a length of 0 means any
    private static void ReadAll(ref SshReader body, string field, int length, SortedSet<string> values)
    {
        while (!body.Failed && body.Remaining > 0)
        {
            int start = body.Position;
            ReadOnlySpan<byte> value = body.ReadString(field);
            if (value.IsEmpty || (length != 0 && value.Length != length))
                body.FailAt(start, field, "has the wrong length");
            values.Add(KrlFormat.ToSetKey(value));
        }
    }

    // What failed inside a section fails the list, with the offset it was found at.
    private void Pass(SshReader body, int start)
    {
        if (body.ToException() is { } fault)
            _reader.FailAt(start, fault.Field, fault.Message[$"The {fault.Field} ".Length..fault.Message.LastIndexOf(" (byte", StringComparison.Ordinal)]);
    }
}
