using System.Diagnostics;
using System.Globalization;
using SshFunctions.Api;
using SshFunctions.Support.Broker;
using SshFunctions.Support.Files;

namespace SshFunctions.Benchmarks.Revocation;

/// <summary>From the request that revokes a certificate until hosts refuse it, and until the session that it opened is gone.</summary>
/// <remarks>
/// Every host is a stock sshd, enrolled by <c>sshfn host enroll</c>, with its own <c>sshfn host refresh --watch</c>. sshd reads the KRL at
/// each login, so a host refuses from the moment the file holds the serial; each round proves that with a login that is refused.
/// </remarks>
internal static class RevocationBenchmark
{
    private const int WarmUpCount = 5;
    private static readonly string[] Columns =
        ["answered to whoever revokes", "a host refuses", "the last of all hosts refuses", "the live session is gone"];

    public static async Task RunAsync(int hosts, int revocations)
    {
        using var folder = new TemporaryFolder();
        await using TestBroker broker = await TestBroker.StartAsync(
            folder, ["--requests-per-minute-per-caller", "1000000", "--requests-per-minute-per-address", "1000000"]);
        var fleet = new List<FleetHost>();
        try
        {
            for (int number = 0; number < hosts; number++)
            {
                fleet.Add(await FleetHost.StartAsync(broker, folder, number));
                Console.Error.Write($"\r{fleet.Count} of {hosts} hosts enrolled");
            }

            await MeasureAsync(broker, fleet, revocations);
        }
        finally
        {
            foreach (FleetHost host in fleet) await host.DisposeAsync();
        }
    }

    private static async Task MeasureAsync(TestBroker broker, List<FleetHost> fleet, int revocations)
    {
        List<double>[] times = [[], [], [], []];
        for (int round = -WarmUpCount; round < revocations; round++)
        {
            double[][] measured = await RevokeAsync(broker, fleet, fleet[(round + WarmUpCount) % fleet.Count]);
            for (int column = 0; column < measured.Length && round >= 0; column++) times[column].AddRange(measured[column]);
            Console.Error.Write($"\r{round + 1} of {revocations} revocations   ");
        }

        Console.Error.WriteLine();
        Console.WriteLine($"{fleet.Count} hosts, {revocations} revocations, milliseconds after the request was sent:\n");
        Console.WriteLine("| | p50 | p99 | worst | samples |\n|---|---|---|---|---|");
        for (int column = 0; column < Columns.Length; column++) Console.WriteLine(Row(Columns[column], [.. times[column].Order()]));
    }

    /// <returns>For each column the milliseconds that were measured.</returns>
    private static async Task<double[][]> RevokeAsync(TestBroker broker, List<FleetHost> fleet, FleetHost target)
    {
        using FleetSession session = await target.EnterAsync();
        long start = Stopwatch.GetTimestamp();
        Task<double>[] refused = [.. fleet.Select(host => host.RefusesAsync(session.Certificate, start))];
        Task<double> gone = session.EndsAsync(start);
        await broker.Admin.PostAsync<RevokeAccessRequest, RevokedResponse>(Routes.Revocations, new RevokeAccessRequest("benchmark", Serial: session.Serial));
        double answered = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        double[] each = await Task.WhenAll(refused);
        await target.MustRefuseAsync();
        return [[answered], each, [each.Max()], [await gone]];
    }

    private static string Row(string name, double[] sorted) => string.Create(
        CultureInfo.InvariantCulture,
        $"| {name} | {sorted[sorted.Length / 2]:F0} | {sorted[sorted.Length * 99 / 100]:F0} | {sorted[^1]:F0} | {sorted.Length} |");
}
