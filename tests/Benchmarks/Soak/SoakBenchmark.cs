using System.Diagnostics;
using System.Globalization;
using SshFunctions.Benchmarks.Requests;
using SshFunctions.Support.Broker;
using SshFunctions.Support.Files;
using SshFunctions.Support.OpenId;

namespace SshFunctions.Benchmarks.Soak;

/// <summary>Half of what the broker can take, for a long time: requests are due at fixed moments, whether or not the last was answered.</summary>
internal static class SoakBenchmark
{
    private const int ConnectionCount = 8;
    private const int WindowMinutes = 5;
    private static readonly TimeSpan Calibration = TimeSpan.FromSeconds(30);

    public static async Task RunAsync(int minutes)
    {
        using var folder = new TemporaryFolder();
        using var issuer = new SigningIssuer();
        RequestScene scene = await RequestScene.MakeAsync(folder, issuer);
        using PinnedServer broker = await PinnedServer.StartBrokerAsync(folder, scene.Identities);
        var connections = new SoakConnection[ConnectionCount];
        for (int number = 0; number < ConnectionCount; number++) connections[number] = await SoakConnection.OpenAsync(broker.Port, scene, number);
        double perSecond = await CalibrateAsync(connections) / 2;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"full load {perSecond * 2:F0} a second; asked for {perSecond:F0}, of which 14 of 20 mint\n"));
        Console.WriteLine("| minutes | requests | a second | errors | p50 ms | p99 ms | p99.9 ms | worst ms | core | resident MiB | store MiB |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|");
        for (int begin = 0; begin < minutes; begin += WindowMinutes) await WindowAsync(broker, folder, connections, perSecond, begin, Math.Min(WindowMinutes, minutes - begin));
        foreach (SoakConnection connection in connections) connection.Dispose();
    }

    /// <summary>What eight connections get that wait for nothing but answers; the first half warms up.</summary>
    private static async Task<double> CalibrateAsync(SoakConnection[] connections)
    {
        double perSecond = 0;
        for (int half = 0; half < 2; half++)
        {
            long begin = Stopwatch.GetTimestamp();
            int[] counts = await Task.WhenAll(connections.Select(async connection =>
            {
                int count = 0;
                for (; Stopwatch.GetElapsedTime(begin) < Calibration; count++) await connection.NextAsync();
                return count;
            }));
            perSecond = counts.Sum() / Stopwatch.GetElapsedTime(begin).TotalSeconds;
        }

        return perSecond;
    }

    private static async Task WindowAsync(PinnedServer broker, TemporaryFolder folder, SoakConnection[] connections, double perSecond, int minute, int minutes)
    {
        var window = new SoakWindow();
        TimeSpan span = TimeSpan.FromMinutes(minutes), processor = broker.Processor;
        TimeSpan pause = TimeSpan.FromSeconds(ConnectionCount / perSecond);
        long begin = Stopwatch.GetTimestamp();
        await Task.WhenAll(connections.Select((connection, number) => connection.PacedAsync(window, begin, pause * ((double)number / ConnectionCount), pause, span)));
        Console.WriteLine(window.Row(
            string.Create(CultureInfo.InvariantCulture, $"{minute}–{minute + minutes}"), Stopwatch.GetElapsedTime(begin), broker.ResidentMebibytes,
            (broker.Processor - processor) / Stopwatch.GetElapsedTime(begin), SizeOf(TestBroker.DataOf(folder))));
    }

    private static double SizeOf(string data) => new DirectoryInfo(data).EnumerateFiles().Sum(file => file.Length) / 1048576.0;
}
