namespace SshFunctions.Core.Access;

/// <summary>Names a request: in a message that wakes whoever provisions it, and in a row that leads to it.</summary>
internal sealed record AccessRequestPointer(AccessRequestId Request);
