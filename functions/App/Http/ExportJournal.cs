using System.Globalization;
using System.Text;
using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.App.Http.Contract;
using SshFunctions.Core;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Journal.Export;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;

namespace SshFunctions.App.Http;

/// <summary>Streams the journal, in the order of serials.</summary>
internal sealed class ExportJournal : IHttpFunction
{
    private const int FlushBytes = 64 * 1024;

    public FunctionDeclaration Declaration { get; } = new(
        nameof(ExportJournal),
        "Streams the journal, in the order of serials. Without filters it is whole and can be verified offline; needs role auditor on the path asked for, or on /, also for one's own entries, which anybody may list.",
        FunctionAccess.Authenticated,
        new FunctionRoute("GET", Routes.JournalExport)
        {
            ContentType = "application/x-ndjson",
            Query =
            [
                .. JournalQuery.Parameters,
                new QueryParameter("format", "ndjson or csv; ndjson when absent."),
                new QueryParameter("segment", "One segment; all when absent."),
                new QueryParameter("after", "Serial of the last entry that one has: goes on behind it, without first line and checkpoints."),
            ],
        });

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet(Routes.JournalExport, HandleAsync).For(Declaration);

    private static async Task<IResult> HandleAsync(
        HttpContext context,
        JournalExport export,
        Authority authority,
        CancellationToken cancellationToken)
    {
        if (!JournalQuery.Read(context).Try(out JournalQuery? query, out Refusal? refusal)
            || !JournalQuery.SerialOf(context, "after").Try(out JournalQuery.Optional<JournalPosition>? after, out refusal)
            || !FormatOf(context).Try(out string? format, out refusal)
            || !OrderOf(context, query.Filter, after.Value).Try(out JournalExportOrder? order, out refusal)
            // Also for one's own entries: an export has no bound, and what is not one's own is read all the same.
            || !(await authority.RequireAsync(context.Caller(), query.Filter.About ?? ResourcePath.Root, Right.ReadJournal, cancellationToken)).Try(out _, out refusal)
            || !(await export.RequireSegmentAsync(order.Segment, cancellationToken)).Try(out _, out refusal))
            return Problems.From(refusal);
        return format == "csv"
            ? Results.Stream(body => WriteAsync(Rows(export, order, cancellationToken), body, cancellationToken), "text/csv; charset=utf-8")
            : Results.Stream(body => WriteAsync(Lines(export, order, cancellationToken), body, cancellationToken), "application/x-ndjson");
    }

    private static Result<string> FormatOf(HttpContext context)
    {
        if (!Requests.Query(context, "format").Try(out QueryValue format, out Refusal? refusal)) return refusal;
        return format.Text is null or "ndjson" or "csv"
            ? format.Text ?? "ndjson"
            : new Refusal.Invalid("format", "there is no such format", "use ndjson or csv");
    }

    private static Result<JournalExportOrder> OrderOf(HttpContext context, JournalFilter filter, JournalPosition? after)
    {
        if (!Requests.Query(context, "segment").Try(out QueryValue value, out Refusal? refusal)) return refusal;
        if (value.Text is null) return new JournalExportOrder(filter, null, after);
        return long.TryParse(value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out long segment) && segment is >= 1 and <= JournalPosition.MaximumSegment
            ? new JournalExportOrder(filter, segment, after)
            : new Refusal.Invalid("segment", "there is no such segment", "a segment is a number from 1; sshfn audit list --json shows it");
    }

    private static IAsyncEnumerable<ReadOnlyMemory<byte>> Lines(JournalExport export, JournalExportOrder order, CancellationToken cancellationToken) =>
        export.ReadLinesAsync(order, cancellationToken).SelectMany(line => new ReadOnlyMemory<byte>[] { line, "\n"u8.ToArray() }.ToAsyncEnumerable());

    private static IAsyncEnumerable<ReadOnlyMemory<byte>> Rows(JournalExport export, JournalExportOrder order, CancellationToken cancellationToken)
    {
        IAsyncEnumerable<string> rows = export.ReadEntriesAsync(order, cancellationToken).Select(JournalCsv.RowOf);
        return (order.After is null ? rows.Prepend(JournalCsv.Header) : rows).Select(row => new ReadOnlyMemory<byte>(Encoding.UTF8.GetBytes(row)));
    }

    /// <summary>Writes as fast as the client reads, and keeps no more than one flush in memory.</summary>
    private static async Task WriteAsync(IAsyncEnumerable<ReadOnlyMemory<byte>> parts, Stream body, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream(FlushBytes);
        await foreach (ReadOnlyMemory<byte> part in parts)
        {
            buffer.Write(part.Span);
            if (buffer.Length < FlushBytes) continue;
            await body.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), cancellationToken);
            buffer.SetLength(0);
        }

        await body.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), cancellationToken);
    }
}
