namespace SshFunctions.App.Queue;

/// <summary>Has the queue's host bring a notification again.</summary>
internal sealed class NotDeliveredException(string message) : Exception(message);
