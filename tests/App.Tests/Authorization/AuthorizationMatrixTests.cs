using System.Collections.Concurrent;
using System.Collections.Immutable;
using SshFunctions.Api;
using SshFunctions.App.Http;
using SshFunctions.Support.Proofs;

namespace SshFunctions.App.Tests.Authorization;

/// <summary>Every function × every kind of caller × objects of the caller's project, of another and of none.</summary>
[Trait("Proof", "abuse"), Collection(MatrixGroup.Name)]
public sealed class AuthorizationMatrixTests(MatrixWorld world)
{
    private const int Patience = 300_000;

    // What a refusal leaves behind.
    private static readonly string[] Refusals =
        ["certificate.refused", "passcode.refused", "passcode.rejected", "host-certificate.refused", "git-password.refused", "ticket.refused", "enrollment.refused", "action.failed"];

    private static readonly ImmutableDictionary<string, string> Methods = HttpFunctions.All
        .SelectMany(function => function.Declaration.Routes.Select(route => (Name: function.Declaration.OperationIdOf(route), route.Method)))
        .ToImmutableDictionary(each => each.Name, each => each.Method);

    [Fact]
    public void Has_a_row_for_every_function()
    {
        string[] missing = [.. Methods.Keys.Except(MatrixTable.Rows.Select(row => row.Operation)).Order(StringComparer.Ordinal)];
        string[] gone = [.. MatrixTable.Rows.Select(row => row.Operation).Except(Methods.Keys).Order(StringComparer.Ordinal)];
        Assert.True(missing.Length == 0, $"say in {nameof(MatrixTable)} what a caller must be for {string.Join(", ", missing)}");
        Assert.Empty(gone);
    }

    [Fact(Timeout = Patience)]
    public async Task Nobody_does_see_or_learn_what_is_not_theirs()
    {
        ulong before = await LastSerialAsync();
        ConcurrentBag<MatrixCell> refused = [];
        IEnumerable<(MatrixRow, MatrixCaller, string)> cells =
            from row in MatrixTable.Rows from caller in world.Callers from project in ProjectsOf(row) where !caller.May(row, project) select (row, caller, project);
        await Parallel.ForEachAsync(cells, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (cell, _) => refused.Add(await AskAsync(cell.Item1, cell.Item2, cell.Item3)));
        string[] faults =
        [
            .. refused.Where(cell => cell.Caller.ShutOut is { } status && cell.Row.Needs is not Needs.ProofInBody && cell.Status != status).Select(cell => $"answered otherwise than {cell.Caller.ShutOut}: {cell}"),
            .. refused.Where(cell => cell.IsMet).Select(cell => $"allowed: {cell}"),
            .. refused.Where(cell => cell.Caller.ShutOut is null && cell.Row.Needs is not Needs.ProofInBody && cell.Status is not (403 or 404)).Select(cell => $"not refused for who it is: {cell}"),
            .. refused.Where(NamesAStranger).Select(cell => $"names what is not theirs: {cell}"),
            .. Oracles(refused),
            .. (await EntriesSinceAsync(before)).Where(entry => !Refusals.Contains(entry.Event)).Select(entry => $"left behind: {entry.Event} by {entry.Subject} {entry.Resource} {entry.Details}"),
        ];
        new ProofFigure("abuse", "authorization: refused cells of function × caller × object", refused.Count, faults.Length).Record();
        Assert.True(faults.Length == 0, $"{faults.Length} of {refused.Count}:\n{string.Join('\n', faults.Order(StringComparer.Ordinal).Take(60))}");
    }

    [Fact(Timeout = Patience)]
    public async Task Whoever_may_does()
    {
        List<string> faults = [];
        int count = 0;
        IEnumerable<(MatrixRow, string, MatrixCaller)> cells =
            from row in MatrixTable.Rows from project in ProjectsOf(row).Take(LongRuns.Count(usual: 1, whole: 2)) from caller in world.Callers where caller.May(row, project) select (row, project, caller);
        foreach ((MatrixRow row, string project, MatrixCaller caller) in cells)
        {
            MatrixCell cell = await AskAsync(row, caller, project);
            count++;
            if (!cell.IsMet && !row.Else.Contains(cell.Status)) faults.Add($"refused: {cell}");
            if (NamesAStranger(cell)) faults.Add($"names what is not theirs: {cell}");
            if (cell.IsMet && row.Renew is not null) await row.Renew(world, project);
        }

        new ProofFigure("abuse", "authorization: allowed cells of function × caller × object", count, faults.Count).Record();
        Assert.True(faults.Count == 0, $"{faults.Count} of {count}:\n{string.Join('\n', faults.Take(60))}");
    }

    private static string[] ProjectsOf(MatrixRow row) => row.HasObject ? [.. MatrixWorld.Projects, MatrixWorld.Absent] : [MatrixWorld.Projects[0]];

    /// <summary>Strangers to two projects, one of which is not there, that are answered differently.</summary>
    private static IEnumerable<string> Oracles(IReadOnlyCollection<MatrixCell> cells) =>
        from there in cells
        where there.Row.HasObject && there.Row.Tells is null && there.Project != MatrixWorld.Absent && there.Caller.IsStrangerTo(there.Project)
        join absent in cells.Where(cell => cell.Project == MatrixWorld.Absent) on (there.Row, there.Caller) equals (absent.Row, absent.Caller)
        where there.Status != absent.Status || there.Blurred != absent.Blurred
        select $"tells what is there: {there}\n    and of nothing: {absent.Status} {absent.Text}";

    /// <summary>An answer that holds the name of a project in which the caller has nothing and of which the request says nothing.</summary>
    private static bool NamesAStranger(MatrixCell cell) => MatrixWorld.Projects.Any(project =>
        project != cell.Project && cell.Caller.Project != "/" && cell.Caller.Project != project && cell.Text.Contains(project, StringComparison.Ordinal));

    private async Task<MatrixCell> AskAsync(MatrixRow row, MatrixCaller caller, string project)
    {
        string? body = row.Body is null ? null : world.Fill(row.Body, project);
        using HttpResponseMessage answer = await caller.Api.SendAsync(new HttpMethod(Methods[row.Operation]), world.Fill(row.Target, project), body);
        string text = await answer.Content.ReadAsStringAsync();
        return new MatrixCell(row, caller, project, (int)answer.StatusCode, text, world.Blur(text, project));
    }

    private async Task<ulong> LastSerialAsync() => (await world.Root.GetAsync<Page<JournalEntryResponse>>(Routes.Journal + "?limit=1")).Items[0].Serial;

    private async Task<JournalEntryResponse[]> EntriesSinceAsync(ulong serial) =>
        [.. (await world.Root.ListAsync<JournalEntryResponse>(Routes.Journal)).TakeWhile(entry => entry.Serial > serial).Where(entry => entry.Subject != "system")];
}
