namespace SshFunctions.Ssh.Revocation;

/// <summary>Serials that follow each other.</summary>
/// <param name="First">The first, inclusive; never 0.</param>
/// <param name="Last">The last, inclusive; not less than the first.</param>
public readonly record struct SerialRange(ulong First, ulong Last)
{
    /// <summary>Sorts ranges and joins those that overlap or touch.</summary>
    /// <param name="ranges">Sorted in place.</param>
    /// <returns>The same list.</returns>
    internal static List<SerialRange> Merge(List<SerialRange> ranges)
    {
        if (!IsSorted(ranges))
            ranges.Sort(static (left, right) => left.First.CompareTo(right.First));
        int kept = 0;
        for (int index = 1; index < ranges.Count; index++)
        {
            SerialRange last = ranges[kept];
            SerialRange next = ranges[index];
            if (last.Last == ulong.MaxValue || next.First <= last.Last + 1)
                ranges[kept] = last with { Last = Math.Max(last.Last, next.Last) };
            else
                ranges[++kept] = next;
        }

        if (ranges.Count > kept + 1)
            ranges.RemoveRange(kept + 1, ranges.Count - kept - 1);
        return ranges;
    }

    private static bool IsSorted(List<SerialRange> ranges)
    {
        for (int index = 1; index < ranges.Count; index++)
        {
            if (ranges[index - 1].First > ranges[index].First)
                return false;
        }

        return true;
    }
}
