using System.Globalization;
using SshFunctions.App.Hosting;
using SshFunctions.Core;
using SshFunctions.Core.Access;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Resources;

namespace SshFunctions.App.Http;

/// <summary>Which entries of the journal a request wants.</summary>
/// <param name="Filter">What must fit.</param>
/// <param name="Serial">One entry; null for all that fit.</param>
internal sealed record JournalQuery(JournalFilter Filter, JournalPosition? Serial)
{
    private static readonly string NoRequest = new('a', AccessRequestId.Length);

    public static Result<JournalQuery> Read(HttpContext context)
    {
        if (!Requests.Query(context, "subject").Try(out QueryValue subject, out Refusal? refusal)
            || !Requests.Query(context, "event").Try(out QueryValue kind, out refusal)
            || !Requests.Query(context, "resource").Try(out QueryValue resource, out refusal)
            || !Requests.Query(context, "serial").Try(out QueryValue serial, out refusal)
            || !Requests.Query(context, "request").Try(out QueryValue request, out refusal)
            || !Fields.Parse<AccessRequestId>(request.Text ?? NoRequest, "request", AccessRequestId.Rule).Try(out AccessRequestId about, out refusal)
            || !Fields.Parse<Subject>(subject.Text ?? "none", "subject", Subject.Rule).Try(out Subject who, out refusal)
            || !Fields.Parse<ResourcePath>(resource.Text ?? "/", "resource", ResourcePath.Rule).Try(out ResourcePath path, out refusal))
            return refusal;
        JournalPosition? one = null;
        if (serial.Text is { } text)
        {
            if (!ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number)
                || !JournalPosition.TryFromSerial(number, out JournalPosition position))
                return new Refusal.Invalid("serial", "no entry can have that serial", "take it from sshd's log or from a certificate");
            one = position;
        }

        if (kind.Text is { } wanted && !JournalEvent.IsKind(wanted))
            return new Refusal.Invalid("event", "there is no such event", $"use one of: {string.Join(", ", JournalEvent.AllKinds)}");
        var filter = new JournalFilter(
            subject.Text is null ? null : who, kind.Text, resource.Text is null or "/" ? null : path, request.Text is null ? null : about);
        return new JournalQuery(filter, one);
    }
}
