using System.Diagnostics;

namespace SshFunctions.Benchmarks.Requests;

/// <summary>What several connections got in a while, each with one request at a time.</summary>
/// <param name="PerSecond">Answers.</param>
/// <param name="Milliseconds">How long each took, ascending.</param>
/// <param name="ProcessorMicroseconds">What the server spent on each.</param>
internal sealed record Load(double PerSecond, double[] Milliseconds, double ProcessorMicroseconds)
{
    public double Percentile(double share) => Milliseconds[(int)(share * (Milliseconds.Length - 1))];

    /// <param name="server">Whom they ask.</param>
    /// <param name="connections">Over what.</param>
    /// <param name="next">The next request of a connection; null when there are no more.</param>
    /// <param name="expected">The status of every answer.</param>
    /// <param name="span">How long at most.</param>
    public static async Task<Load> MeasureAsync(
        PinnedServer server, IReadOnlyList<Connection> connections, Func<int, ReadOnlyMemory<byte>?> next, int expected, TimeSpan span)
    {
        TimeSpan processor = server.Processor;
        long begin = Stopwatch.GetTimestamp();
        List<double>[] taken = await Task.WhenAll(connections.Select(async (connection, number) =>
        {
            var milliseconds = new List<double>(65536);
            while (Stopwatch.GetElapsedTime(begin) < span && next(number) is { } request)
            {
                long sent = Stopwatch.GetTimestamp();
                int status = await connection.SendAsync(request);
                milliseconds.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
                if (status != expected) throw new InvalidOperationException($"the server answered {connection.LastAnswer}");
            }

            return milliseconds;
        }));
        double seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        double[] all = [.. taken.SelectMany(each => each).Order()];
        return new Load(all.Length / seconds, all, (server.Processor - processor).TotalMicroseconds / all.Length);
    }
}
