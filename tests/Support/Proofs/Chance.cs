namespace SshFunctions.Support.Proofs;

/// <summary>Numbers that follow from a seed, the same on every machine and every version of the platform. Not thread safe.</summary>
/// <remarks>Not <see cref="Random"/>: seeding that costs more than most parsers, and each case has a seed of its own. Source: SplitMix64, Steele et al., 2014.</remarks>
/// <param name="seed">Where it begins.</param>
public sealed class Chance(ulong seed)
{
    private ulong _state = seed;

    /// <summary>Begins anew.</summary>
    /// <param name="seed">Where.</param>
    public void Restart(ulong seed) => _state = seed;

    /// <summary>The next number.</summary>
    /// <returns>Any.</returns>
    public ulong Next()
    {
        unchecked
        {
            ulong mixed = _state += 0x9E3779B97F4A7C15;
            mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            return mixed ^ (mixed >> 31);
        }
    }

    /// <summary>A number from 0.</summary>
    /// <param name="bound">Exclusive; 0 counts as 1.</param>
    /// <returns>The number.</returns>
    public int Below(int bound) => bound <= 1 ? 0 : (int)(Next() % (uint)bound);

    /// <summary>Whether it happened.</summary>
    /// <param name="count">In how many times, once.</param>
    /// <returns>Whether it did.</returns>
    public bool OneIn(int count) => Below(count) == 0;

    /// <summary>One of several.</summary>
    /// <typeparam name="T">Of what.</typeparam>
    /// <param name="from">At least one.</param>
    /// <returns>It.</returns>
    public T Pick<T>(IReadOnlyList<T> from) => from[Below(from.Count)];

    /// <summary>Random bytes.</summary>
    /// <param name="bytes">What is filled.</param>
    public void Fill(Span<byte> bytes)
    {
        foreach (ref byte value in bytes) value = unchecked((byte)Next());
    }
}
