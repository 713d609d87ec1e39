namespace SshFunctions.Core.Hosts;

/// <summary>Something on a host that an operator must look at.</summary>
/// <param name="Id">The host's name for it, 1 to 64 letters, digits and <c>-</c>.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="Detail">What happened, in the host's words.</param>
/// <param name="Time">UTC, the host's clock.</param>
public sealed record RaisedAlarm(string Id, string Kind, string Detail, DateTimeOffset Time);
