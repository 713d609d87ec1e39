using System.Globalization;
using SshFunctions.Api;
using SshFunctions.Hooks.Audit;
using SshFunctions.Hooks.Display;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Commands.Journal;

/// <summary>What a check of the journal found, for people and for programs.</summary>
internal static class AuditText
{
    internal static int Show(AuditReport report, bool json)
    {
        Print(json, [.. Members(report)]);
        if (report.Fault is { } fault)
        {
            Terminal.Error(fault.Text);
            if (fault.Hint is { } hint)
                Terminal.Hint(hint);
            return ExitCode.Failed;
        }

        if (report is { Scope: "whole", Kept: null })
            Terminal.Note("the end can't be checked without a checkpoint that you kept elsewhere (--checkpoint): an export that was cut back to an older checkpoint looks the same");
        if (report is { Checkpoints: > 0, FirstUnsealed: { } first })
            Terminal.Note($"not sealed yet, from serial {Number((long)first)} on: no checkpoint covers what stands there ({Number(report.Unsealed)}), so whoever had the file could have written it; a later export proves it");
        foreach (RecordedRestore restore in report.Restores)
            Terminal.Note($"{restore.Text}: what the broker did between the two is not in this journal; another keeper of entries or checkpoints may have it");
        foreach (string left in report.Unchecked)
            Terminal.Note($"not checked: {left}");
        return report.Unchecked.Count == 0 ? ExitCode.Done : ExitCode.Incomplete;
    }

    internal static int ShowProof(JournalProofResponse proof, CheckpointLine checkpoint, bool json)
    {
        Print(
            json,
            ("result", "genuine"),
            ("serial", Number((long)proof.Serial)),
            ("checkpoint", Number(checkpoint.Number)),
            ("sealed", Moment.Text(checkpoint.Time)),
            ("entry", proof.Entries[0]));
        return ExitCode.Done;
    }

    private static IEnumerable<(string Name, string? Value)> Members(AuditReport report)
    {
        yield return ("result", Result(report));
        if (report.Fault is { } fault)
        {
            yield return ("fault", fault.Kind);
            yield return ("segment", fault.Segment?.ToString(CultureInfo.InvariantCulture));
            yield return ("first bad entry", fault.Index?.ToString(CultureInfo.InvariantCulture));
            yield return ("serial", fault.Serial?.ToString(CultureInfo.InvariantCulture));
        }

        yield return ("scope", report.Scope);
        yield return ("entries", Number(report.Entries));
        yield return ("segments", Number(report.Segments));
        yield return ("checkpoints", Number(report.Checkpoints));
        yield return ("last checkpoint", report.Last is { } last ? $"{Number(last.Number)} {last.Hash}" : null);
        yield return ("sealed", report.Last is { } at ? Moment.Text(at.Time) : null);
        if (report is { Fault: null, Scope: "whole" })
            yield return ("end", report.Kept is { } kept ? $"reaches checkpoint {Number(kept.Number)}, which you kept" : "not checked: no checkpoint was given that you kept");
        yield return ("not sealed yet", Number(report.Unsealed));
        yield return ("removed segments", report.RemovedThrough == 0 ? null : $"1 to {Number(report.RemovedThrough)}");
        if (report.Restores.Count > 0)
            yield return ("restored", string.Join("; ", report.Restores.Select(restore => restore.Text)));
    }

    private static string Result(AuditReport report) => report switch
    {
        { Fault: not null } => "broken",
        { Unchecked.Count: > 0 } => "incomplete",
        { Unsealed: > 0, Last: { } last } => $"genuine up to checkpoint {Number(last.Number)}",
        _ => "genuine",
    };

    private static void Print(bool json, params (string Name, string? Value)[] members)
    {
        if (json)
        {
            Terminal.Raw(Json.RenderMembers(members));
            return;
        }

        Table table = new(members[0].Name, members[0].Value ?? "-");
        foreach ((string name, string? value) in members[1..])
            table.Add(name, value);
        Terminal.Raw(table.Render(Terminal.OutputWidth));
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
