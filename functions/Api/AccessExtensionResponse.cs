namespace SshFunctions.Api;

/// <summary>More time that is asked for.</summary>
/// <param name="Ends">UTC, exclusive: the end that is wanted.</param>
/// <param name="Reason">Why.</param>
/// <param name="Asked">UTC.</param>
/// <param name="Approvals">Those so far.</param>
public sealed record AccessExtensionResponse(DateTimeOffset Ends, string Reason, DateTimeOffset Asked, IReadOnlyList<AccessApprovalResponse> Approvals);
