namespace SshFunctions.Local.Queue;

/// <summary>A message that waits.</summary>
/// <param name="Body">What was sent, UTF-8.</param>
/// <param name="TryCount">How often it was in hand.</param>
/// <param name="VisibleFrom">From when on it may be taken, UTC.</param>
internal sealed record QueuedMessage(byte[] Body, int TryCount, DateTimeOffset VisibleFrom);
