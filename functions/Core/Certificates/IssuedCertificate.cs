using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;
using SshFunctions.Ssh.Certificates;

namespace SshFunctions.Core.Certificates;

/// <summary>A minted certificate whose journal entry is durable.</summary>
/// <param name="Certificate">The certificate.</param>
/// <param name="Resource">What it is for.</param>
/// <param name="Login">As whom.</param>
/// <param name="Grant">The grant that allowed it.</param>
public sealed record IssuedCertificate(SshCertificate Certificate, ResourcePath Resource, Login Login, GrantId Grant);
