namespace SshFunctions.Core.Hosts;

/// <summary>A certificate that a host was given.</summary>
/// <param name="Serial">Its serial, under the host CA.</param>
/// <param name="ValidBefore">UTC, exclusive.</param>
public sealed record HostCertificateStamp(ulong Serial, DateTimeOffset ValidBefore);
