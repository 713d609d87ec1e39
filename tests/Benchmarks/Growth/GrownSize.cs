using System.Globalization;

namespace SshFunctions.Benchmarks.Growth;

/// <summary>What a broker with so much in its store costs.</summary>
/// <param name="Entries">Of the journal.</param>
/// <param name="Listens">From exec until it took a connection.</param>
/// <param name="Lines">Of the picture: start until health, and each kind of request.</param>
/// <param name="WholeSearchSeconds">Every page of a search that fits one entry, the oldest.</param>
/// <param name="ResidentMebibytes">Of the broker, after all of this.</param>
/// <param name="FileBytes">The store's file before.</param>
internal sealed record GrownSize(
    int Entries, Timing Listens, IReadOnlyList<(string Name, Timing Timing)> Lines, double WholeSearchSeconds, double ResidentMebibytes, long FileBytes)
{
    public string Header =>
        $"| entries | keys | resources | listens | {string.Join(" | ", Lines.Select(line => line.Name))} | all pages of it, s | resident MiB | file MiB | bytes an entry |\n"
        + $"|{string.Concat(Enumerable.Repeat("---|", Lines.Count + 8))}";

    public string Row => string.Create(
        CultureInfo.InvariantCulture,
        $"| {Entries:N0} | {GrownStore.KeysOf(Entries):N0} | {GrownStore.ResourcesOf(Entries):N0} | {Listens} | {string.Join(" | ", Lines.Select(line => line.Timing))} | {WholeSearchSeconds:F2} | {ResidentMebibytes:F0} | {FileBytes / 1048576.0:N0} | {FileBytes / Entries:N0} |");
}
