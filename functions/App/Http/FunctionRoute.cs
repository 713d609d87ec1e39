using System.Collections.Immutable;

namespace SshFunctions.App.Http;

/// <summary>One method on one route of a function.</summary>
/// <param name="Method">HTTP method, upper case.</param>
/// <param name="Template">One of <see cref="Api.Routes"/>.</param>
internal sealed record FunctionRoute(string Method, string Template)
{
    /// <summary>Unique name in the OpenAPI document; the function's own name when null, so only one route may leave it out.</summary>
    public string? OperationId { get; init; }

    /// <summary>Contract record of the JSON body; null when the route takes none. With it, other content types are refused.</summary>
    public Type? Request { get; init; }

    /// <summary>Contract record of the JSON answer; null when the answer is not JSON or empty.</summary>
    public Type? Response { get; init; }

    /// <summary>Status of success.</summary>
    public int Status { get; init; } = 200;

    /// <summary>Content type of success.</summary>
    public string ContentType { get; init; } = "application/json";

    /// <summary>Query parameters, all optional.</summary>
    public ImmutableArray<QueryParameter> Query { get; init; } = [];
}
