using System.Collections.Immutable;

namespace SshFunctions.Core.Rotation;

/// <summary>The trust bundle with its signature, and how a host that holds an old journal key gets to the one that signed.</summary>
/// <param name="Statement">The bundle, JSON.</param>
/// <param name="Signature">Armored SSHSIG over its UTF-8 bytes by the journal key that is active.</param>
/// <param name="Handovers">Oldest first.</param>
public sealed record SignedTrust(string Statement, string Signature, ImmutableArray<KeyHandover> Handovers);
