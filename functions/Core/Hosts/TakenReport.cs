namespace SshFunctions.Core.Hosts;

/// <summary>What came of a report.</summary>
/// <param name="Host">The host as it is kept now.</param>
/// <param name="NewAlarms">Alarms that nobody had told before.</param>
public sealed record TakenReport(EnrolledHost Host, IReadOnlyList<RaisedAlarm> NewAlarms);
