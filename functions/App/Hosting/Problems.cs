using SshFunctions.Api;
using SshFunctions.Core;
using SshFunctions.Core.Ports;

namespace SshFunctions.App.Hosting;

/// <summary>The one place where a refusal, an error of HTTP or a defect becomes a status and a problem document.</summary>
internal static class Problems
{
    /// <summary>The answer to a refusal of the domain.</summary>
    public static ProblemAnswer From(Refusal refusal) => refusal switch
    {
        Refusal.Invalid invalid => Invalid(invalid.Detail, invalid.Fix) with { Field = invalid.Field },
        Refusal.Unauthenticated => new(ProblemTypes.Unauthenticated, "Not authenticated", 401, refusal.Detail) { Fix = refusal.Fix },
        Refusal.Denied => new(ProblemTypes.Denied, "Denied", 403, refusal.Detail) { Fix = refusal.Fix },
        Refusal.NotFound => NotFound(refusal.Detail, refusal.Fix),
        Refusal.Conflict conflict => new(ProblemTypes.Conflict, "Conflict", 409, refusal.Detail) { Fix = refusal.Fix, Field = conflict.Field },
        Refusal.TooMany many => new(ProblemTypes.TooMany, "Too many requests", 429, refusal.Detail) { RetryAfter = many.RetryAfter },
        Refusal.Unavailable away => new(ProblemTypes.Unavailable, "Unavailable", 503, refusal.Detail) { RetryAfter = away.RetryAfter },
        _ => throw new InvalidOperationException($"no status for {refusal.GetType().Name}"),
    };

    /// <summary>The answer to HTTP that Kestrel or the reading of a body found wrong.</summary>
    public static ProblemAnswer From(BadHttpRequestException malformed) => malformed.StatusCode switch
    {
        StatusCodes.Status413PayloadTooLarge => TooLarge("The body is larger than the broker takes."),
        StatusCodes.Status408RequestTimeout => Invalid("The body came too slowly.", "send it at once") with { Status = 408 },
        _ => Invalid("The request is malformed HTTP.", "send well-formed HTTP/1.1 or HTTP/2"),
    };

    /// <summary>The answer to a status that was set without a body, by routing; null when it is no error.</summary>
    public static ProblemAnswer? FromBare(int status, string method) => status switch
    {
        < 400 => null,
        404 => NotFound("There is nothing under this path.", $"{Routes.OpenApi} lists every path"),
        405 => new(ProblemTypes.MethodNotAllowed, "Method not allowed", 405, $"This path does not take {method}.") { Fix = "the Allow header lists the methods that it takes" },
        413 => TooLarge("The request is larger than the broker takes."),
        415 => UnsupportedMediaType(),
        >= 500 => Defect(),
        _ => Invalid("The request was refused.", null) with { Status = status },
    };

    public static ProblemAnswer Invalid(string detail, string? fix) => new(ProblemTypes.Invalid, "Invalid request", 400, detail) { Fix = fix };

    public static ProblemAnswer NotFound(string detail, string? fix) => new(ProblemTypes.NotFound, "Not found", 404, detail) { Fix = fix };

    public static ProblemAnswer TooLarge(string detail) => new(ProblemTypes.TooLarge, "Too large", 413, detail) { Fix = "send less" };

    public static ProblemAnswer UnsupportedMediaType() =>
        new(ProblemTypes.UnsupportedMediaType, "Unsupported media type", 415, "The body is not declared as JSON in UTF-8.")
        {
            Fix = "send Content-Type: application/json and no Content-Encoding",
        };

    /// <summary>The store is away, which is no defect and tells nothing of it.</summary>
    public static ProblemAnswer From(StoreUnavailableException away) =>
        From(new Refusal.Unavailable("The broker's store is away; nothing is known to have happened.", away.RetryAfter ?? TimeSpan.FromSeconds(1)));

    /// <summary>Store or keys are not what the configuration says; the log tells the operator which.</summary>
    public static ProblemAnswer NotOpen() =>
        From(new Refusal.Unavailable("The broker is not ready; its log says why.", TimeSpan.FromSeconds(5)));

    /// <summary>A signing key is away; no certificate left the broker.</summary>
    public static ProblemAnswer From(SignerUnavailableException away) =>
        From(new Refusal.Unavailable("The broker's signing key is away; nothing was signed.", away.RetryAfter ?? TimeSpan.FromSeconds(1)));

    /// <summary>Says nothing but the correlation id, under which the log has the rest.</summary>
    public static ProblemAnswer Defect() =>
        new(ProblemTypes.Defect, "Defect of the broker", 500, "The broker failed; its log has the reason under the correlation id.");
}
