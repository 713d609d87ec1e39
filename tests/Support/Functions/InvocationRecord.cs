namespace SshFunctions.Support.Functions;

/// <summary>An invocation that is over, and whatever it meant for its message is done.</summary>
/// <param name="Function">The function's name.</param>
/// <param name="Succeeded">Whether the host took the answer for a success.</param>
/// <param name="Fault">What the host did not like; null for a success.</param>
public sealed record InvocationRecord(string Function, bool Succeeded, string? Fault);
