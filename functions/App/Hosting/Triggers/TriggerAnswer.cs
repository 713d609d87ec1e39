using System.Text.Json.Nodes;

namespace SshFunctions.App.Hosting.Triggers;

/// <summary>What the Functions host is told: always a JSON object under <c>application/json</c>.</summary>
/// <remarks>An empty body or null would hold the invocation until the host kills the process; another content type counts as a failure.</remarks>
/// <param name="Status">200, or what the host takes for a failure: the message comes again, a timer waits for its next time.</param>
/// <param name="Error">What is wrong; null for success. Never of the message.</param>
internal sealed record TriggerAnswer(int Status, string? Error)
{
    public static TriggerAnswer Done { get; } = new(StatusCodes.Status200OK, null);

    public static TriggerAnswer NotFound { get; } = new(StatusCodes.Status404NotFound, "there is nothing under this path");

    public static TriggerAnswer NotJson { get; } = new(StatusCodes.Status415UnsupportedMediaType, "an invocation has Content-Type: application/json");

    public static TriggerAnswer Failed { get; } = new(StatusCodes.Status500InternalServerError, "the function failed; the broker's log has the reason");

    public static TriggerAnswer TooLate { get; } = new(StatusCodes.Status500InternalServerError, "the function took too long and was given up");

    public static TriggerAnswer Malformed(int status, string error) => new(status, error);

    public Task WriteAsync(HttpResponse response, CancellationToken cancellationToken)
    {
        string body = Error is null ? "{}" : new JsonObject { ["error"] = Error }.ToJsonString();
        response.StatusCode = Status;
        response.ContentType = Responses.JsonContentType;
        response.Headers.CacheControl = "no-store";
        return response.WriteAsync(body, cancellationToken);
    }
}
