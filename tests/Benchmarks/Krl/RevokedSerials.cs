using System.Buffers.Binary;
using SshFunctions.Core.Journal;

namespace SshFunctions.Benchmarks.Krl;

/// <summary>Serials to revoke, in no order, as a store may list them; chosen by a seed.</summary>
internal static class RevokedSerials
{
    /// <summary>Everything that the journal recorded in one stretch.</summary>
    public static ulong[] Consecutive(int count)
    {
        ulong[] serials = [.. Enumerable.Range(0, count).Select(number => SerialOf(number))];
        new Random(1).Shuffle(serials);
        return serials;
    }

    /// <summary>Two thirds of what it recorded in one stretch, here one and there one.</summary>
    public static ulong[] TwoOfThree(int count) => Consecutive(count + (count / 2))[..count];

    /// <summary>Serials that have nothing to do with each other, which this broker never gives.</summary>
    public static ulong[] Random(int count)
    {
        var random = new Random(1);
        var serials = new HashSet<ulong>(count);
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        while (serials.Count < count)
        {
            random.NextBytes(bytes);
            serials.Add(Math.Max(1, BinaryPrimitives.ReadUInt64BigEndian(bytes)));
        }

        return [.. serials];
    }

    private static ulong SerialOf(int number) =>
        new JournalPosition(1 + (number / JournalPosition.MaximumIndex), 1 + (number % JournalPosition.MaximumIndex)).Serial;
}
