using SshFunctions.Ssh.Certificates;
using SshFunctions.Support.Proofs;

namespace SshFunctions.Ssh.Tests.Fuzzing;

[Trait("Proof", "fuzzing")]
public sealed class CertificateFuzzTests
{
    [Fact(Timeout = 1_800_000)]
    public async Task A_certificate_that_is_read_is_written_the_same_or_not_at_all()
    {
        var wires = new WireMutator(Corpus.CertificateWires);
        await new FuzzRun("certificates, wire").RunAsync(wires.Make, input =>
        {
            if (!SshCertificate.TryFromWire(input.ToArray(), out SshCertificate? certificate, out string? reason))
                return string.IsNullOrEmpty(reason) ? "refused without a reason" : null;
            return certificate.Wire.Span.SequenceEqual(input) ? FaultOfWriting(certificate, input) : "was changed by reading";
        });
    }

    // Reading is tolerant where OpenSSH is, writing never is: what is not to be written says so.
    private static string? FaultOfWriting(SshCertificate certificate, ReadOnlySpan<byte> input)
    {
        try
        {
            byte[] written = certificate.Content.ToBeSigned(certificate.CaKey);
            return input.StartsWith(written) ? null : "is written in other bytes";
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
