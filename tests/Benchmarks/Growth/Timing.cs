using System.Diagnostics;
using System.Globalization;
using SshFunctions.Benchmarks.Requests;

namespace SshFunctions.Benchmarks.Growth;

/// <summary>How long one kind of request took.</summary>
/// <param name="Median">Milliseconds; the median of the rounds' medians.</param>
/// <param name="Lowest">Of the rounds' medians.</param>
/// <param name="Highest">Of the rounds' medians.</param>
/// <param name="Slow">The 99th percentile of all rounds together.</param>
internal sealed record Timing(double Median, double Lowest, double Highest, double Slow)
{
    private const int RoundCount = 5;

    /// <summary>Asks one at a time, a round to warm up and five that count.</summary>
    public static async Task<Timing> MeasureAsync(Connection connection, Func<ReadOnlyMemory<byte>> next, int expected, int perRound)
    {
        var rounds = new List<double[]>();
        for (int round = -1; round < RoundCount; round++)
        {
            double[] times = await AskAsync(connection, next, expected, perRound);
            if (round >= 0) rounds.Add(times);
        }

        return Of(rounds);
    }

    public static Timing Of(IReadOnlyList<double[]> rounds)
    {
        double[] medians = [.. rounds.Select(times => times.Order().ElementAt(times.Length / 2)).Order()];
        double[] all = [.. rounds.SelectMany(times => times).Order()];
        return new Timing(medians[medians.Length / 2], medians[0], medians[^1], all[all.Length * 99 / 100]);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Median:0.##} ({Lowest:0.##}–{Highest:0.##}), {Slow:0.##}");

    private static async Task<double[]> AskAsync(Connection connection, Func<ReadOnlyMemory<byte>> next, int expected, int count)
    {
        double[] times = new double[count];
        for (int number = 0; number < count; number++)
        {
            ReadOnlyMemory<byte> request = next();
            long sent = Stopwatch.GetTimestamp();
            int status = await connection.SendAsync(request);
            times[number] = Stopwatch.GetElapsedTime(sent).TotalMilliseconds;
            if (status != expected) throw new InvalidOperationException($"the broker answered {connection.LastAnswer}");
        }

        return times;
    }
}
