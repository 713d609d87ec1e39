namespace SshFunctions.Core.Journal;

/// <summary>Where an entry lies, and so the serial of the certificate that it records.</summary>
/// <remarks>Source: design.md, section 6.</remarks>
public readonly record struct JournalPosition : IComparable<JournalPosition>
{
    /// <summary>Last index of a segment: what 16 bits hold.</summary>
    public const int MaximumIndex = 65_535;

    /// <summary>Last segment: a serial is 64 bits, 16 of them the index.</summary>
    public const long MaximumSegment = (1L << 47) - 1;

    /// <summary>Names a place in the journal.</summary>
    /// <param name="segment">1 to <see cref="MaximumSegment"/>.</param>
    /// <param name="index">1 to <see cref="MaximumIndex"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A bound is broken.</exception>
    public JournalPosition(long segment, int index)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(segment, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(segment, MaximumSegment);
        ArgumentOutOfRangeException.ThrowIfLessThan(index, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(index, MaximumIndex);
        Segment = segment;
        Index = index;
    }

    /// <summary>The segment, from 1.</summary>
    public long Segment { get; }

    /// <summary>The place in the segment, from 1.</summary>
    public int Index { get; }

    /// <summary>Segment times 65536 plus index; unique over all brokers, never 0.</summary>
    public ulong Serial => ((ulong)Segment << 16) | (uint)Index;

    /// <summary>The place that a serial leads to.</summary>
    /// <param name="serial">A certificate's serial.</param>
    /// <param name="position">The place.</param>
    /// <returns>Whether the serial can be one of this journal.</returns>
    public static bool TryFromSerial(ulong serial, out JournalPosition position)
    {
        ulong segment = serial >> 16;
        int index = (int)(serial & 0xFFFF);
        bool fits = segment is >= 1 and <= MaximumSegment && index >= 1;
        position = fits ? new JournalPosition((long)segment, index) : default;
        return fits;
    }

    /// <summary>Order by segment, then index.</summary>
    /// <param name="other">The other.</param>
    /// <returns>As <see cref="IComparable{T}"/> wants it.</returns>
    public int CompareTo(JournalPosition other) => Serial.CompareTo(other.Serial);

    /// <summary>Whether one position comes before another.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">Another.</param>
    public static bool operator <(JournalPosition left, JournalPosition right) => left.CompareTo(right) < 0;

    /// <summary>Whether one position comes after another.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">Another.</param>
    public static bool operator >(JournalPosition left, JournalPosition right) => left.CompareTo(right) > 0;

    /// <summary>Whether one position does not come after another.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">Another.</param>
    public static bool operator <=(JournalPosition left, JournalPosition right) => left.CompareTo(right) <= 0;

    /// <summary>Whether one position does not come before another.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">Another.</param>
    public static bool operator >=(JournalPosition left, JournalPosition right) => left.CompareTo(right) >= 0;
}
