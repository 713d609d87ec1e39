using System.Collections.Frozen;
using System.Collections.Immutable;

namespace SshFunctions.Ssh.Revocation;

/// <summary>What a revocation list says about the certificates of one CA, or of any.</summary>
public sealed class RevokedCertificates
{
    private readonly FrozenSet<string> _keyIds;

    internal RevokedCertificates(ReadOnlyMemory<byte> caWire, List<SerialRange> runs, IEnumerable<string> keyIds)
    {
        CaWire = caWire;
        Serials = [.. runs];
        _keyIds = keyIds.ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>The CA's key in wire form; empty for any CA.</summary>
    public ReadOnlyMemory<byte> CaWire { get; }

    /// <summary>Revoked serials, ascending, ranges that neither overlap nor touch.</summary>
    public ImmutableArray<SerialRange> Serials { get; }

    /// <summary>Revoked key ids, in no order.</summary>
    public IReadOnlyCollection<string> KeyIds => _keyIds;

    internal bool Contains(ulong serial, string keyId) => _keyIds.Contains(keyId) || (serial != 0 && Contains(serial));

    private bool Contains(ulong serial)
    {
        int low = 0;
        int high = Serials.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            if (serial < Serials[middle].First)
                high = middle - 1;
            else if (serial > Serials[middle].Last)
                low = middle + 1;
            else
                return true;
        }

        return false;
    }
}
