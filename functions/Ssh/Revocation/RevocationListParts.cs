using System.Runtime.InteropServices;

namespace SshFunctions.Ssh.Revocation;

/// <summary>What a list says, collected while it is read or before it is written. Sets of bytes are kept as Latin-1 strings.</summary>
internal sealed class RevocationListParts
{
    /// <summary>By the CA's wire form; empty for any CA.</summary>
    public SortedDictionary<string, Authority> Certificates { get; } = new(StringComparer.Ordinal);

    public SortedSet<string> Keys { get; } = new(StringComparer.Ordinal);

    public SortedSet<string> Sha1 { get; } = new(StringComparer.Ordinal);

    public SortedSet<string> Sha256 { get; } = new(StringComparer.Ordinal);

    public Authority Of(ReadOnlySpan<byte> caWire)
    {
        string name = KrlFormat.ToSetKey(caWire);
        if (!Certificates.TryGetValue(name, out Authority? authority))
            Certificates.Add(name, authority = new Authority(caWire.ToArray()));
        return authority;
    }

    internal sealed class Authority(byte[] caWire)
    {
        public byte[] CaWire => caWire;

        public List<SerialRange> Ranges { get; } = [];

        /// <summary>Serials added one by one: sorted as plain numbers, which is many times faster than as ranges.</summary>
        public List<ulong> Singles { get; } = [];

        public SortedSet<string> KeyIds { get; } = new(StringComparer.Ordinal);

        public RevokedCertificates ToRevoked() => new(caWire, ToRuns(), KeyIds);

        /// <summary>All serials, ascending, as ranges that neither overlap nor touch.</summary>
        public List<SerialRange> ToRuns()
        {
            Span<ulong> singles = CollectionsMarshal.AsSpan(Singles);
            singles.Sort();
            var runs = new List<SerialRange>(Ranges);
            foreach (ulong serial in singles)
            {
                if (runs.Count > 0 && (runs[^1].Last == serial || runs[^1].Last == serial - 1))
                    runs[^1] = runs[^1] with { Last = serial };
                else
                    runs.Add(new SerialRange(serial, serial));
            }

            return SerialRange.Merge(runs);
        }
    }
}
