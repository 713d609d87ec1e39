using System.Collections.Immutable;

namespace SshFunctions.Core.Access;

/// <summary>More time for an active request, as long as it waits for approvals.</summary>
/// <param name="Ends">UTC, exclusive: the end that is wanted.</param>
/// <param name="Reason">Why.</param>
/// <param name="Asked">UTC.</param>
/// <param name="Approvals">Those so far.</param>
public sealed record AccessExtension(DateTimeOffset Ends, string Reason, DateTimeOffset Asked, ImmutableArray<AccessApproval> Approvals);
