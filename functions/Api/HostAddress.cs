namespace SshFunctions.Api;

/// <summary>A name and port under which a resource is reached.</summary>
/// <param name="Name">Host name or IP address, lower case; no wildcards.</param>
/// <param name="Port">TCP port, 1 to 65535; 22 when absent.</param>
public sealed record HostAddress(string Name, int Port = 22);
