using SshFunctions.App.Http;
using SshFunctions.Core;
using SshFunctions.Core.Ports;
using SshFunctions.Core.Resources;

namespace SshFunctions.App.Hosting;

/// <summary>Which page of a list a request wants.</summary>
/// <param name="After">Last item of the page before; null for the first page.</param>
/// <param name="Limit">Most items.</param>
internal sealed record Paging(string? After, int Limit)
{
    private const int DefaultLimit = 100;
    private const int MaximumLimit = 1000;

    /// <summary>The query parameters of every list.</summary>
    public static QueryParameter[] Query { get; } =
    [
        new("after", "The `next` of the page before."),
        new("limit", "Most items of a page, 1 to 1000; 100 when absent."),
    ];

    /// <summary>Checks that the cursor can be part of a key of the store; it is no path and no free text.</summary>
    public Result<Done> AfterName() => After is null || (After.Length <= 200 && DocumentKey.IsPart(After))
        ? Done.Instance
        : Unknown;

    /// <summary>Checks that the cursor can be the identifier of a revocation: a kind, a colon, and a subject, key, serial or grant.</summary>
    public Result<Done> AfterRevocation() =>
        After is null || (After.Length <= 200 && After.All(unit => char.IsAsciiLetterOrDigit(unit) || "._@+-:/=|".Contains(unit, StringComparison.Ordinal)))
            ? Done.Instance
            : Unknown;

    /// <summary>The cursor of a list that is ordered by path.</summary>
    /// <param name="depth">Depth of the list's paths.</param>
    public Result<PathCursor> AfterPath(int depth)
    {
        if (After is null) return new PathCursor(null);
        return ResourcePath.TryParse(After, null, out ResourcePath path) && path.Depth == depth ? new PathCursor(path) : Unknown;
    }

    private static Refusal.Invalid Unknown => new("after", "it does not name an item of this list", "take it from the page before");

    /// <summary>Reads them.</summary>
    public static Result<Paging> Read(HttpContext context)
    {
        if (!Requests.Query(context, "after").Try(out QueryValue after, out Refusal? refusal)
            || !Requests.Query(context, "limit").Try(out QueryValue limit, out refusal))
            return refusal;
        int count = DefaultLimit;
        if (limit.Text is { } text
            && (!int.TryParse(text, System.Globalization.NumberStyles.None, null, out count) || count is < 1 or > MaximumLimit))
            return new Refusal.Invalid("limit", "limit is out of bounds", $"give 1 to {MaximumLimit}");
        return new Paging(after.Text, count);
    }
}
