using System.Collections.Immutable;
using System.Globalization;
using SshFunctions.App.Hosting;
using SshFunctions.Core;
using SshFunctions.Core.Access;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;

namespace SshFunctions.App.Http;

/// <summary>Which entries of the journal a request wants.</summary>
/// <param name="Filter">What must fit.</param>
/// <param name="Serial">One entry; null for all that fit.</param>
internal sealed record JournalQuery(JournalFilter Filter, JournalPosition? Serial)
{
    private static readonly string NoRequest = new('a', AccessRequestId.Length);

    /// <summary>The query parameters that <see cref="Read"/> takes.</summary>
    public static QueryParameter[] Parameters { get; } =
    [
        new("subject", "Who caused it."),
        new("event", "Event kind, for example certificate.issued; several with commas between."),
        new("resource", "Path it is about, or a path above that."),
        new("since", "UTC, inclusive, for example 2030-01-31T00:00:00Z."),
        new("until", "UTC, exclusive."),
        new("request", "Access request that it is part of; who may see the request may read its entries."),
    ];

    public static Result<JournalQuery> Read(HttpContext context)
    {
        if (!Requests.Query(context, "subject").Try(out QueryValue subject, out Refusal? refusal)
            || !Requests.Query(context, "event").Try(out QueryValue kind, out refusal)
            || !Requests.Query(context, "resource").Try(out QueryValue resource, out refusal)
            || !Requests.Query(context, "request").Try(out QueryValue request, out refusal)
            || !Fields.Parse<AccessRequestId>(request.Text ?? NoRequest, "request", AccessRequestId.Rule).Try(out AccessRequestId asked, out refusal)
            || !SerialOf(context, "serial").Try(out Optional<JournalPosition>? serial, out refusal)
            || !InstantOf(context, "since").Try(out Optional<DateTimeOffset>? since, out refusal)
            || !InstantOf(context, "until").Try(out Optional<DateTimeOffset>? until, out refusal)
            || !KindsOf(kind.Text).Try(out ImmutableArray<string> kinds, out refusal)
            || !Fields.Parse<Subject>(subject.Text ?? "none", "subject", Subject.Rule).Try(out Subject who, out refusal)
            || !Fields.Parse<ResourcePath>(resource.Text ?? "/", "resource", ResourcePath.Rule).Try(out ResourcePath path, out refusal))
            return refusal;
        var filter = new JournalFilter(subject.Text is null ? null : who, null, resource.Text is null or "/" ? null : path, request.Text is null ? null : asked)
        {
            Kinds = kinds,
            Since = since.Value,
            Until = until.Value,
        };
        return new JournalQuery(filter, serial.Value);
    }

    /// <summary>
    /// Whether a caller may read what the query wants: its own entries always, those of a request that it may see, others as an auditor of
    /// the path.
    /// </summary>
    public async Task<Result<Done>> AllowAsync(
        Caller caller, Authority authority, AccessRequests requests, AccessApprovers approvers, CancellationToken cancellationToken)
    {
        if (Filter.Subject == caller.Subject) return Done.Instance;
        if (Filter.Request is { } id && await requests.FindAsync(id, cancellationToken) is { } request && await approvers.MaySeeAsync(caller, request, cancellationToken))
            return Done.Instance;
        ResourcePath about = Filter.About ?? ResourcePath.Root;
        return (await authority.RequireAsync(caller, about, Right.ReadJournal, cancellationToken)).Try(out _, out Refusal? refusal) ? Done.Instance : refusal;
    }

    /// <summary>A serial of the journal in a parameter; null when it is absent.</summary>
    public static Result<Optional<JournalPosition>> SerialOf(HttpContext context, string name)
    {
        if (!Requests.Query(context, name).Try(out QueryValue value, out Refusal? refusal)) return refusal;
        if (value.Text is null) return new Optional<JournalPosition>(null);
        return ulong.TryParse(value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number)
            && JournalPosition.TryFromSerial(number, out JournalPosition position)
                ? new Optional<JournalPosition>(position)
                : new Refusal.Invalid(name, "no entry can have that serial", "take it from sshd's log or from a certificate");
    }

    /// <summary>Where a list of the journal goes on; null for its newest entry.</summary>
    public static Result<CursorValue> CursorOf(Paging paging)
    {
        if (paging.After is null) return new CursorValue(null);
        return JournalCursor.TryParse(paging.After, out JournalCursor? cursor)
            ? new CursorValue(cursor)
            : new Refusal.Invalid("after", "after is no place in the journal", "take it from the page before");
    }

    private static Result<Optional<DateTimeOffset>> InstantOf(HttpContext context, string name)
    {
        if (!Requests.Query(context, name).Try(out QueryValue value, out Refusal? refusal)) return refusal;
        if (value.Text is null) return new Optional<DateTimeOffset>(null);
        const DateTimeStyles Styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return DateTimeOffset.TryParse(value.Text, CultureInfo.InvariantCulture, Styles, out DateTimeOffset instant)
            ? new Optional<DateTimeOffset>(instant)
            : new Refusal.Invalid(name, $"{name} is no instant", "write it as 2030-01-31T00:00:00Z");
    }

    private static Result<ImmutableArray<string>> KindsOf(string? text)
    {
        ImmutableArray<string> kinds = [.. text?.Split(',') ?? []];
        return kinds.All(JournalEvent.IsKind)
            ? kinds
            : new Refusal.Invalid("event", "there is no such event", $"use one of: {string.Join(", ", JournalEvent.AllKinds)}");
    }

    /// <summary>A value that may be absent; <see cref="Result{T}"/> holds no null.</summary>
    internal sealed record Optional<T>(T? Value)
        where T : struct;

    /// <summary>A cursor that may be absent.</summary>
    internal sealed record CursorValue(JournalCursor? Cursor);
}
