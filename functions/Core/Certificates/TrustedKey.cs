using SshFunctions.Core.Rotation;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.Core.Certificates;

/// <summary>One key of the broker, and what it counts for.</summary>
/// <param name="Purpose">What it signs.</param>
/// <param name="Key">The public half.</param>
/// <param name="State">Where it is in its life.</param>
/// <param name="CutOff">Since when nothing counts that it signed, however long it would still have been valid, UTC; null where that never happened.</param>
public sealed record TrustedKey(KeyPurpose Purpose, SshPublicKey Key, SigningKeyState State, DateTimeOffset? CutOff = null)
{
    /// <summary>Whether hosts and clients are to trust it now.</summary>
    public bool IsTrusted => State is SigningKeyState.Published or SigningKeyState.Active or SigningKeyState.Retiring;

    /// <summary>Whether it signs or has signed.</summary>
    public bool HasSigned => State is SigningKeyState.Active or SigningKeyState.Retiring or SigningKeyState.Retired;
}
