namespace SshFunctions.Api;

/// <summary>How a resource behind NAT is reached: its host keeps a reverse tunnel to a bastion.</summary>
/// <param name="Bastion">Path of the resource that the host connects to and clients go through.</param>
/// <param name="Login">Unix account on the bastion that the tunnel is kept by; it needs no shell.</param>
/// <param name="Port">TCP port on the bastion's loopback that leads to the host, 1024 to 65535; one resource only.</param>
public sealed record ReverseTunnel(string Bastion, string Login, int Port);
