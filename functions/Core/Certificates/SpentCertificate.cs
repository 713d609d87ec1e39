using SshFunctions.Core.Hosts;

namespace SshFunctions.Core.Certificates;

/// <summary>The connection that a single-use certificate serves.</summary>
/// <param name="Host">The host.</param>
/// <param name="Session">The host's name for the connection.</param>
internal sealed record SpentCertificate(HostId Host, string Session);
