using SshFunctions.Api;

namespace SshFunctions.App.Hosting;

/// <summary>A problem on its way out: the document without its correlation id, and the headers that belong to its status.</summary>
internal sealed record ProblemAnswer(string Type, string Title, int Status, string Detail) : IResult
{
    public string? Field { get; init; }

    public string? Fix { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    public Task ExecuteAsync(HttpContext httpContext)
    {
        HttpResponse response = httpContext.Response;
        response.StatusCode = Status;
        response.Headers.CacheControl = "no-store";
        if (Status == StatusCodes.Status401Unauthorized)
            response.Headers.WWWAuthenticate = "Bearer";
        if (RetryAfter is { } wait)
            response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString("D", null);
        var document = new Problem(Type, Title, Status, Detail, Field, Fix, httpContext.TraceIdentifier);
        return response.WriteAsJsonAsync(document, ApiJson.Default.Problem, "application/problem+json", httpContext.RequestAborted);
    }
}
