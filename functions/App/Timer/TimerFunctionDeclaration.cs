namespace SshFunctions.App.Timer;

/// <summary>What is known of a timer function without running it: the deployment manifest is written from it.</summary>
/// <param name="Name">The name of its class.</param>
/// <param name="Summary">One sentence.</param>
/// <param name="Schedule">When the Functions host runs it: NCRONTAB of six fields, seconds first, UTC.</param>
/// <param name="Interval">How long a broker without the Functions host waits between two runs.</param>
internal sealed record TimerFunctionDeclaration(string Name, string Summary, string Schedule, TimeSpan Interval);
