namespace SshFunctions.Core.Revocations;

/// <summary>The publication of the revocation list was given up, and has not gone well since.</summary>
/// <param name="Since">When it was given up first, UTC.</param>
/// <param name="Last">When it was given up last, UTC.</param>
/// <param name="Count">For how many versions of the list.</param>
/// <param name="Reason">Why, for an operator.</param>
public sealed record PublicationFailure(DateTimeOffset Since, DateTimeOffset Last, int Count, string Reason);
