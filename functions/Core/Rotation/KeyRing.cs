using System.Collections.Immutable;

namespace SshFunctions.Core.Rotation;

/// <summary>Every signing key of the broker and where each is in its life: one document, on which all instances agree by compare-and-swap.</summary>
/// <param name="Version">Version of the trust bundle: grows with every change of what is trusted or of a key's state.</param>
/// <param name="Keys">Every key, oldest first, retired ones too.</param>
/// <param name="Rotations">What is under way; at most one for each purpose.</param>
/// <param name="Handovers">How hosts get from one journal key to the next, oldest first.</param>
public sealed partial record KeyRing(
    long Version, ImmutableArray<SigningKey> Keys, ImmutableArray<KeyRotation> Rotations, ImmutableArray<KeyHandover> Handovers)
{
    /// <summary>The key that signs.</summary>
    /// <param name="purpose">For what.</param>
    /// <returns>The key.</returns>
    public SigningKey ActiveOf(KeyPurpose purpose) => Keys.Single(key => key.Purpose == purpose && key.State == SigningKeyState.Active);

    /// <summary>What is under way for a purpose.</summary>
    /// <param name="purpose">The purpose.</param>
    /// <returns>The rotation; null for none.</returns>
    public KeyRotation? FindRotation(KeyPurpose purpose) => Rotations.FirstOrDefault(rotation => rotation.Purpose == purpose);

    /// <summary>One key.</summary>
    /// <param name="id">Its identifier.</param>
    /// <returns>The key.</returns>
    public SigningKey KeyOf(string id) => Keys.Single(key => key.Id == id);

    /// <summary>The keys of a purpose that hosts and clients are to trust, oldest first.</summary>
    /// <param name="purpose">The purpose.</param>
    /// <returns>The keys.</returns>
    public IEnumerable<SigningKey> TrustedOf(KeyPurpose purpose) => Keys.Where(key => key.Purpose == purpose && key.IsTrusted);
}
