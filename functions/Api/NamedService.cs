namespace SshFunctions.Api;

/// <summary>Something that a resource offers to port forwarding, by a name.</summary>
/// <param name="Name">1 to 63 of <c>a-z 0-9 -</c>, for example <c>database</c>.</param>
/// <param name="Host">Host name or address as the resource itself sees it, for example <c>127.0.0.1</c>.</param>
/// <param name="Port">TCP port, 1 to 65535.</param>
public sealed record NamedService(string Name, string Host, int Port);
