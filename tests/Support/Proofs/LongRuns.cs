namespace SshFunctions.Support.Proofs;

/// <summary>How much a test does that proves by repetition: a little each time, all of it when <c>SSHFN_LONG_RUNS=1</c> (<c>tests/prove.sh</c>).</summary>
public static class LongRuns
{
    /// <summary>Whether this is the long one.</summary>
    public static bool IsAsked { get; } = Environment.GetEnvironmentVariable("SSHFN_LONG_RUNS") == "1";

    /// <summary>A count by which run this is.</summary>
    /// <param name="usual">In every run.</param>
    /// <param name="whole">In a long one.</param>
    public static int Count(int usual, int whole) => IsAsked ? whole : usual;
}
