namespace SshFunctions.Core.Notifications;

/// <summary>How a receiver wants to be told.</summary>
public enum NotificationFormat
{
    /// <summary>The entry itself as JSON, for programs; signed.</summary>
    Standard,

    /// <summary>A message of a Slack incoming webhook.</summary>
    Slack,

    /// <summary>An Adaptive Card, for a Teams workflow that is started by a webhook.</summary>
    Teams,
}
