namespace SshFunctions.Api;

/// <summary>A name and port under which a resource is reached.</summary>
/// <param name="Name">Host name or IP address, lower case; <c>*.example.com</c> for every name below a domain of two or more labels.</param>
/// <param name="Port">TCP port, 1 to 65535; 22 when absent.</param>
/// <param name="Instance">The numbered instance that is reached there, 0 to 9999; absent: the resource as a whole. Several addresses of one
/// instance are alternatives, the preferred one first.</param>
public sealed record HostAddress(string Name, int Port = 22, int? Instance = null);
