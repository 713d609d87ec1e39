namespace SshFunctions.Core.Resources;

/// <summary>How a resource behind NAT is reached: its host keeps a reverse tunnel to a bastion, and clients enter there.</summary>
/// <param name="Bastion">The resource that the host connects to; depth 3.</param>
/// <param name="Login">Unix account on the bastion that keeps the tunnel; it needs no shell.</param>
/// <param name="Port">TCP port on the bastion's loopback, <see cref="LowestPort"/> to 65535; of one resource only.</param>
public sealed record ReverseTunnel(ResourcePath Bastion, Login Login, int Port)
{
    /// <summary>Lowest port: below it only root may listen, and a tunnel's account is never root.</summary>
    public const int LowestPort = 1024;
}
