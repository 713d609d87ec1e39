namespace SshFunctions.Api;

/// <summary>The revocation list can't be published ahead of the hosts' questions.</summary>
/// <param name="Since">When that was given up first, UTC.</param>
/// <param name="Last">When that was given up last, UTC.</param>
/// <param name="Count">For how many versions of the list.</param>
/// <param name="Reason">Why.</param>
public sealed record PublicationFailureResponse(DateTimeOffset Since, DateTimeOffset Last, int Count, string Reason);
