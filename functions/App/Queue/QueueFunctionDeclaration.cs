namespace SshFunctions.App.Queue;

/// <summary>What is known of a queue function without running it: the deployment manifest is written from it.</summary>
/// <param name="Name">The name of its class.</param>
/// <param name="Summary">One sentence.</param>
/// <param name="Queue">Whose messages wake it.</param>
/// <param name="SweepInterval">How often it runs without a message, so that a lost one is made good.</param>
internal sealed record QueueFunctionDeclaration(string Name, string Summary, string Queue, TimeSpan SweepInterval);
