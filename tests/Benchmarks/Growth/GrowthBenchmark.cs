using System.Diagnostics;
using SshFunctions.Benchmarks.Start;

namespace SshFunctions.Benchmarks.Growth;

/// <summary>How a broker on one machine gets slower as its journal, its keys and its resources grow.</summary>
internal static class GrowthBenchmark
{
    private const int StartCount = 5;

    /// <param name="folder">Empty; holds the data directory, which grows from size to size.</param>
    /// <param name="picture">Where the picture goes.</param>
    /// <param name="sizes">Journal entries, ascending.</param>
    public static async Task RunAsync(string folder, string picture, IReadOnlyList<int> sizes)
    {
        string data = Path.Combine(folder, "data");
        await using (GrownBroker first = await GrownBroker.StartAsync(data))
        {
            // It makes its keys and its first admin.
        }

        var measured = new List<GrownSize>();
        foreach (int entries in sizes)
        {
            await FillAsync(data, measured.LastOrDefault()?.Entries ?? 0, entries);
            measured.Add(await MeasureAsync(data, entries));
            if (measured.Count == 1) Console.WriteLine("Milliseconds: median (of the rounds), p99\n\n" + measured[0].Header);
            Console.WriteLine(measured[^1].Row);
        }

        await File.WriteAllTextAsync(picture, new GrowthPicture(measured).ToSvg());
    }

    // A process of its own: what filling left in memory and in the pools of this one would be measured too.
    private static async Task FillAsync(string data, int from, int to)
    {
        long begin = Stopwatch.GetTimestamp();
        using Process filling = Process.Start(Environment.ProcessPath!, ["growth-fill", data, $"{from}", $"{to}"]);
        await filling.WaitForExitAsync();
        if (filling.ExitCode != 0) throw new InvalidOperationException("the store was not filled");
        Console.Error.WriteLine($"filled up to {to} entries in {Stopwatch.GetElapsedTime(begin).TotalSeconds:F0} s");
    }

    private static async Task<GrownSize> MeasureAsync(string data, int entries)
    {
        long bytes = new FileInfo(Path.Combine(data, "store.db")).Length;
        var starts = new List<FirstAnswer>();
        for (int start = 0; start < StartCount; start++) starts.Add(await GrownBroker.MeasureStartAsync(data));
        await using GrownBroker broker = await GrownBroker.StartAsync(data);
        GrowthRequests requests = await GrowthRequests.PrepareAsync(broker, entries);
        List<(string Name, Timing Timing)> lines = [("start until health", Timing.Of([.. starts.Select(one => new[] { one.AnswerMilliseconds })]))];
        await foreach ((string, Timing) line in requests.MeasureAsync()) lines.Add(line);
        double search = await requests.SearchAsync();
        return new GrownSize(
            entries, Timing.Of([.. starts.Select(one => new[] { one.ListeningMilliseconds })]), lines, search, broker.ResidentMebibytes, bytes);
    }
}
