using System.Globalization;
using SshFunctions.Support.Processes;

namespace SshFunctions.Benchmarks.Certificate;

/// <summary>What <c>openssl speed ecdsap256</c> finds on one thread in three seconds each.</summary>
/// <param name="Signs">Signatures made in a second.</param>
/// <param name="Verifications">Signatures checked in a second.</param>
internal sealed record OpensslSpeed(double Signs, double Verifications)
{
    public static async Task<OpensslSpeed> MeasureAsync()
    {
        ProcessRun run = (await ProcessRun.ToEndAsync("openssl", ["speed", "-seconds", "3", "ecdsap256"])).Expect(0);
        string line = run.Output.Split('\n').Single(text => text.Contains("ecdsa (nistp256)", StringComparison.Ordinal));
        string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return new OpensslSpeed(double.Parse(words[^2], CultureInfo.InvariantCulture), double.Parse(words[^1], CultureInfo.InvariantCulture));
    }
}
