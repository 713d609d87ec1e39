using System.Collections.Immutable;
using SshFunctions.Core.Ports;
using SshFunctions.Support.Proofs.Histories;

namespace SshFunctions.Store.Tests.Histories;

/// <summary>Operations by hand: from, to, what, and what was answered.</summary>
internal static class Told
{
    private const string Partition = "p";

    public static HistoryChange Insert(string row, string value) => new(row, value, null);

    public static HistoryChange Replace(string row, string value, string version) => new(row, value, version);

    public static HistoryChange Delete(string row, string version) => new(row, null, version);

    public static HistoryOperation Get(long from, long to, string row, string version, string value) =>
        new(1, Partition, new HistoryCall.Read(row), from, to, new HistoryAnswer.Found([new HistoryRow(row, version, value)]));

    public static HistoryOperation Absent(long from, long to, string row) => new(1, Partition, new HistoryCall.Read(row), from, to, new HistoryAnswer.Found([]));

    public static HistoryOperation List(long from, long to, params (string Row, string Version, string Value)[] rows) =>
        new(1, Partition, new HistoryCall.List(), from, to, new HistoryAnswer.Found([.. rows.Select(row => new HistoryRow(row.Row, row.Version, row.Value))]));

    public static HistoryOperation Commit(long from, long to, ImmutableArray<HistoryChange> changes, ImmutableArray<string?> versions) =>
        new(1, Partition, new HistoryCall.Commit(changes), from, to, new HistoryAnswer.Committed(versions));

    public static HistoryOperation Conflict(long from, long to, ImmutableArray<HistoryChange> changes, int index, ConflictReason reason) =>
        new(1, Partition, new HistoryCall.Commit(changes), from, to, new HistoryAnswer.Conflicted(index, reason));

    public static HistoryOperation Unknown(long from, ImmutableArray<HistoryChange> changes) => new(1, Partition, new HistoryCall.Commit(changes), from, null, null);
}
