using SshFunctions.Ssh.Wire;

namespace SshFunctions.Ssh.Keys.Algorithms;

/// <summary>Ed25519 in a FIDO device. Source: PROTOCOL.u2f, "sk-ssh-ed25519@openssh.com".</summary>
internal sealed class SecurityKeyEd25519Algorithm() : SecurityKeyAlgorithm("sk-ssh-ed25519@openssh.com")
{
    //  string  key: 32 bytes
    protected override void ReadInnerFields(ref SshReader reader) => Ed25519Algorithm.ReadPublicKey(ref reader);

    protected override bool VerifyInner(ReadOnlySpan<byte> fields, ReadOnlySpan<byte> signed, ReadOnlySpan<byte> blob) =>
        blob.Length == Ed25519.SignatureBytes && Ed25519.Verify(fields.Slice(sizeof(uint), Ed25519.PublicKeyBytes), signed, blob);
}
