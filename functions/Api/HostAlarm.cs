namespace SshFunctions.Api;

/// <summary>Something on a host that an operator must look at.</summary>
/// <param name="Id">Chosen by the host, 1 to 64 letters, digits and <c>-</c>: a repeated report raises no second alarm.</param>
/// <param name="Kind"><c>revocation-list</c>, <c>trust-bundle</c>, <c>configuration</c>, <c>certificate</c> or <c>session</c>.</param>
/// <param name="Detail">What happened, at most 500 characters.</param>
/// <param name="Time">UTC, the host's clock.</param>
public sealed record HostAlarm(string Id, string Kind, string Detail, DateTimeOffset Time);
