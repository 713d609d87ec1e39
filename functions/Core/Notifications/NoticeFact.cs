namespace SshFunctions.Core.Notifications;

/// <summary>One line of a notice.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Value">Its text; control characters are left away.</param>
public sealed record NoticeFact(string Name, string Value);
