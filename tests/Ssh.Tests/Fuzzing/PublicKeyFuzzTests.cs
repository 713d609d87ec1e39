using SshFunctions.Ssh.Keys;
using SshFunctions.Support.Proofs;

namespace SshFunctions.Ssh.Tests.Fuzzing;

[Trait("Proof", "fuzzing")]
public sealed class PublicKeyFuzzTests
{
    [Fact(Timeout = 1_800_000)]
    public async Task A_wire_form_that_is_read_is_kept_byte_by_byte()
    {
        var wires = new WireMutator(Corpus.KeyWires);
        await new FuzzRun("public keys, wire").RunAsync(wires.Make, input =>
        {
            if (!SshPublicKey.TryFromWire(input.ToArray(), out SshPublicKey? key, out string? reason))
                return string.IsNullOrEmpty(reason) ? "refused without a reason" : null;
            return key.Wire.Span.SequenceEqual(input) ? null : "was changed by reading";
        });
    }
}
