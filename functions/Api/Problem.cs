namespace SshFunctions.Api;

/// <summary>A problem document: why a request was not done, and what would fix it.</summary>
/// <param name="Type">Stable identifier, one of <see cref="ProblemTypes"/>.</param>
/// <param name="Title">The kind of problem, the same for every problem of the type.</param>
/// <param name="Status">HTTP status code.</param>
/// <param name="Detail">What happened, to what.</param>
/// <param name="Field">The member of the request that is wrong, camelCase with dots and indexes; null when none is.</param>
/// <param name="Fix">What would make the request succeed; null when the caller can't.</param>
/// <param name="CorrelationId">Names this request in the broker's log.</param>
/// <remarks>Source: RFC 9457, section 3.</remarks>
public sealed record Problem(
    string Type,
    string Title,
    int Status,
    string Detail,
    string? Field,
    string? Fix,
    string CorrelationId);
