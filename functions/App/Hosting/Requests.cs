using SshFunctions.Core;

namespace SshFunctions.App.Hosting;

/// <summary>Reads what a request carries.</summary>
internal static class Requests
{
    /// <summary>Reads the JSON body strictly; the frame has checked its declared type and length.</summary>
    /// <exception cref="BadHttpRequestException">More bytes came than the broker takes, or too slowly; the frame answers it.</exception>
    public static async ValueTask<Result<T>> ReadAsync<T>(HttpContext context, CancellationToken cancellationToken)
        where T : class
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, cancellationToken);
        return StrictJson.Read<T>(body.GetBuffer().AsSpan(0, checked((int)body.Length)));
    }

    /// <summary>Reads a query parameter; null when it is absent, refused when it is given twice.</summary>
    public static Result<QueryValue> Query(HttpContext context, string name) => context.Request.Query[name] switch
    {
        { Count: 0 } => new QueryValue(null),
        { Count: 1 } one => new QueryValue(one[0]),
        _ => new Refusal.Invalid(name, $"{name} is given more than once.", "give it once"),
    };
}
