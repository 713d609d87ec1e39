using System.Text.Json.Serialization;

namespace SshFunctions.Core.Rotation;

/// <summary>One signing key of the broker, from when it is made; kept for good, so that old signatures stay explicable.</summary>
/// <param name="Id">Its identifier: 10 characters of <c>a-z 2-7</c>.</param>
/// <param name="Purpose">What it signs.</param>
/// <param name="PublicKey">OpenSSH text form without comment.</param>
/// <param name="Place">Where the private half lies, in the words of the <see cref="ISigningKeyStore"/>; no secret.</param>
/// <param name="IsMade">Whether a rotation made it: only such a private half is destroyed in the end.</param>
/// <param name="State">Where it is in its life.</param>
/// <param name="Staged">UTC; when the ring first knew it.</param>
public sealed record SigningKey(
    string Id, KeyPurpose Purpose, string PublicKey, string Place, bool IsMade, SigningKeyState State, DateTimeOffset Staged)
{
    /// <summary>UTC; when it entered the trust bundle. Null before.</summary>
    public DateTimeOffset? Published { get; init; }

    /// <summary>UTC; when it last began to sign. Null before.</summary>
    public DateTimeOffset? Activated { get; init; }

    /// <summary>UTC; when it was told to sign no more. Null before.</summary>
    public DateTimeOffset? Retiring { get; init; }

    /// <summary>UTC; nothing that it signed counts after this: the longest life of what it signs, counted from when the last instance knew. Null while it signs.</summary>
    public DateTimeOffset? LastExpiry { get; init; }

    /// <summary>UTC; when it left the trust bundle. Null before.</summary>
    public DateTimeOffset? Retired { get; init; }

    /// <summary>The first version of the trust bundle that names it; null before.</summary>
    public long? TrustVersion { get; init; }

    /// <summary>The version of the trust bundle with which it last began to sign; null before.</summary>
    public long? ActiveVersion { get; init; }

    /// <summary>Whether it left trust while what it had signed still counted.</summary>
    public bool IsCutOff { get; init; }

    /// <summary>Why it was taken back before it served; null where it was not.</summary>
    public string? Aborted { get; init; }

    /// <summary>Whether its private half is gone.</summary>
    public bool IsDestroyed { get; init; }

    /// <summary>UTC; when it leaves the trust bundle at the earliest: <see cref="LastExpiry"/> and <see cref="RotationBounds.Margin"/>. Null while it does not retire.</summary>
    [JsonIgnore]
    public DateTimeOffset? TrustedUntil => State == SigningKeyState.Retiring ? LastExpiry + RotationBounds.Margin : null;

    /// <summary>Whether hosts and clients are to trust it.</summary>
    [JsonIgnore]
    public bool IsTrusted => State is SigningKeyState.Published or SigningKeyState.Active or SigningKeyState.Retiring;

    /// <summary>Whether its turn to sign is still to come.</summary>
    [JsonIgnore]
    public bool IsCandidate => State is SigningKeyState.Staged or SigningKeyState.Published;
}
