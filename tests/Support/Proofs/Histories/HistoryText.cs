using System.Globalization;
using SshFunctions.Core.Ports;

namespace SshFunctions.Support.Proofs.Histories;

/// <summary>An operation as a line, for people and for another process.</summary>
/// <remarks>CLIENT PARTITION INVOKED RETURNED CALL ANSWER, with <c>-</c> for what is not there; of SQLite's versions and <see cref="HistoryClient"/>'s bodies.</remarks>
public static class HistoryText
{
    /// <summary>Writes one.</summary>
    /// <param name="operation">The operation.</param>
    public static string Of(HistoryOperation operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{operation.Client} {operation.Partition} {operation.Invoked} {operation.Returned?.ToString(CultureInfo.InvariantCulture) ?? "-"} {Of(operation.Call)} {Of(operation.Answer)}");
    }

    /// <summary>Reads one.</summary>
    /// <param name="line">The line.</param>
    public static HistoryOperation Parse(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        string[] parts = line.Split(' ');
        long? returned = parts[3] == "-" ? null : long.Parse(parts[3], CultureInfo.InvariantCulture);
        return new HistoryOperation(
            int.Parse(parts[0], CultureInfo.InvariantCulture), parts[1], CallIn(parts[4]), long.Parse(parts[2], CultureInfo.InvariantCulture), returned, AnswerIn(parts[5]));
    }

    private static string Of(HistoryCall call) => call switch
    {
        HistoryCall.Read get => $"get:{get.Row}",
        HistoryCall.List => "list",
        HistoryCall.Commit commit => "commit:" + string.Join(';', commit.Changes.Select(change => $"{change.Row},{change.Value ?? "-"},{change.Version ?? "-"}")),
        _ => throw new ArgumentException("another call"),
    };

    private static string Of(HistoryAnswer? answer) => answer switch
    {
        null => "-",
        HistoryAnswer.Found found => "found:" + string.Join(';', found.Rows.Select(row => $"{row.Row},{row.Version},{row.Value}")),
        HistoryAnswer.Committed done => "committed:" + string.Join(';', done.Versions.Select(version => version ?? "-")),
        HistoryAnswer.Conflicted conflict => string.Create(CultureInfo.InvariantCulture, $"conflicted:{conflict.ChangeIndex},{conflict.Reason}"),
        _ => throw new ArgumentException("another answer"),
    };

    private static HistoryCall CallIn(string text)
    {
        (string kind, string rest) = Split(text);
        return kind switch
        {
            "get" => new HistoryCall.Read(rest),
            "list" => new HistoryCall.List(),
            _ => new HistoryCall.Commit([.. rest.Split(';').Select(change => change.Split(',')).Select(parts => new HistoryChange(parts[0], OrNull(parts[1]), OrNull(parts[2])))]),
        };
    }

    private static HistoryAnswer? AnswerIn(string text)
    {
        (string kind, string rest) = Split(text);
        string[] items = rest.Split(';', StringSplitOptions.RemoveEmptyEntries);
        return kind switch
        {
            "-" => null,
            "found" => new HistoryAnswer.Found([.. items.Select(row => row.Split(',')).Select(parts => new HistoryRow(parts[0], parts[1], parts[2]))]),
            "committed" => new HistoryAnswer.Committed([.. items.Select(OrNull)]),
            _ => new HistoryAnswer.Conflicted(int.Parse(rest.Split(',')[0], CultureInfo.InvariantCulture), Enum.Parse<ConflictReason>(rest.Split(',')[1])),
        };
    }

    private static (string Kind, string Content) Split(string text) =>
        text.IndexOf(':', StringComparison.Ordinal) is var colon and >= 0 ? (text[..colon], text[(colon + 1)..]) : (text, "");

    private static string? OrNull(string text) => text == "-" ? null : text;
}
