using SshFunctions.Ssh.Certificates;

namespace SshFunctions.Core.Certificates;

/// <summary>A certificate that nobody has checked yet.</summary>
/// <param name="Content">What it says.</param>
/// <param name="IssuedAt">The broker's clock, UTC.</param>
/// <param name="MaximumLifetime">Longest life that anything in force allows, counted from <paramref name="IssuedAt"/>.</param>
public sealed record CertificateDraft(CertificateContent Content, DateTimeOffset IssuedAt, TimeSpan MaximumLifetime);
