using System.Text;
using SshFunctions.Ssh.Certificates;
using SshFunctions.Ssh.Keys;
using SshFunctions.Support.Proofs;

namespace SshFunctions.Ssh.Tests.Fuzzing;

[Trait("Proof", "fuzzing")]
public sealed class KeyLineFuzzTests
{
    private readonly WireMutator _wires = new([.. Corpus.KeyWires, .. Corpus.CertificateWires]);
    private readonly TextMutator _lines = new(Corpus.Lines);

    [Fact(Timeout = 1_800_000)]
    public async Task A_line_that_is_read_is_written_and_read_the_same() =>
        await new FuzzRun("public key and certificate lines").RunAsync(Make, input =>
        {
            string line = TextMutator.ToText(input);
            if (SshPublicKey.TryParse(line, out SshPublicKey? key, out string? reason))
                return SshPublicKey.TryParse(key.ToText(), out SshPublicKey? again, out _) && again.Equals(key) ? null : "the key is not read back";
            if (string.IsNullOrEmpty(reason)) return "a key was refused without a reason";
            if (SshCertificate.TryParse(line, out SshCertificate? certificate, out reason))
                return SshCertificate.TryParse(certificate.ToText(), out SshCertificate? again, out _) && again.Content.Equals(certificate.Content) ? null : "the certificate is not read back";
            return string.IsNullOrEmpty(reason) ? "a certificate was refused without a reason" : null;
        });

    private ReadOnlySpan<byte> Make(Chance chance) =>
        chance.OneIn(2) ? _lines.Make(chance) : Encoding.UTF8.GetBytes(Corpus.LineOf(_wires.Make(chance)));
}
