using System.Globalization;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.NoEmit;
using Perfolizer.Horology;
using Perfolizer.Mathematics.OutlierDetection;

namespace SshFunctions.Benchmarks.Certificate;

/// <summary>Certificates that one thread makes in a second of processor, beside what libcrypto signs and what ssh-keygen makes.</summary>
internal static class CertificateBenchmark
{
    private const int RoundCount = 5;

    public static async Task RunAsync()
    {
        OpensslSpeed before = await OpensslSpeed.MeasureAsync();
        Summary summary = BenchmarkRunner.Run<CertificateSteps>(Configuration());
        using KeygenRound keygen = await KeygenRound.PrepareAsync();
        double[] alone = await RoundsAsync(() => keygen.OneByOneAsync());
        double[] twoAtOnce = await RoundsAsync(() => keygen.TwoAtOnceAsync());
        double[] together = await RoundsAsync(() => keygen.TogetherAsync());
        OpensslSpeed after = await OpensslSpeed.MeasureAsync();

        double signs = (before.Signs + after.Signs) / 2;
        Console.WriteLine("| what, one thread | per second of processor, median | rounds | share of openssl's signs |");
        Console.WriteLine("|---|---|---|---|");
        foreach (BenchmarkReport report in summary.Reports)
            Print(report.BenchmarkCase.Descriptor.WorkloadMethodDisplayInfo.Trim('\''), RatesOf(report), signs);
        Print("openssl speed: signs, before and after", [before.Signs, after.Signs], signs);
        Print("openssl speed: verifications, before and after", [before.Verifications, after.Verifications], signs);
        Print("ssh-keygen -s by the clock, one process each", alone, signs);
        Print("ssh-keygen -s by the clock, two such loops at once", twoAtOnce, signs);
        Print("ssh-keygen -s by the clock, one process for all", together, signs);
    }

    // In this process, so that nothing is built while it runs; what it tells of itself goes to a file below .artifacts.
    private static ManualConfig Configuration() => ManualConfig.CreateEmpty()
        .WithArtifactsPath(Path.Combine(".artifacts", "benchmarks"))
        .AddLogger(NullLogger.Instance)
        .AddJob(Job.Default
            .WithToolchain(InProcessNoEmitToolchain.Instance)
            .WithClock(new ProcessorClock())
            .WithWarmupCount(RoundCount)
            .WithIterationCount(RoundCount)
            .WithIterationTime(TimeInterval.FromMilliseconds(500))
            .WithOutlierMode(OutlierMode.DontRemove));

    private static double[] RatesOf(BenchmarkReport report) =>
        [.. report.AllMeasurements.Where(round => round.Is(IterationMode.Workload, IterationStage.Result)).Select(round => 1e9 / round.GetAverageTime().Nanoseconds)];

    private static async Task<double[]> RoundsAsync(Func<Task<double>> round)
    {
        double[] rates = new double[RoundCount];
        for (int number = 0; number < RoundCount; number++) rates[number] = await round();
        return rates;
    }

    private static void Print(string what, double[] rates, double signs)
    {
        if (rates.Length == 0) throw new InvalidOperationException($"nothing was measured: {what}");
        Array.Sort(rates);
        double median = (rates[(rates.Length - 1) / 2] + rates[rates.Length / 2]) / 2;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"| {what} | {median:N0} | {rates[0]:N0}–{rates[^1]:N0} | {median / signs:P1} |"));
    }
}
