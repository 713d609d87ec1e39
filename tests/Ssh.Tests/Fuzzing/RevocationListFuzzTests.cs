using SshFunctions.Ssh.Keys;
using SshFunctions.Ssh.Revocation;
using SshFunctions.Support.Proofs;

namespace SshFunctions.Ssh.Tests.Fuzzing;

[Trait("Proof", "fuzzing")]
public sealed class RevocationListFuzzTests
{
    // A bit of a bitmap that stands alone becomes a range of 16 bytes, in a list that doubles as it grows: 128 bytes for 8 bits, and twice that.
    private const int BytesPerByte = 512;

    [Fact(Timeout = 1_800_000)]
    public async Task A_list_that_is_read_says_the_same_when_it_is_written_again()
    {
        var lists = new WireMutator(Corpus.RevocationLists);
        await new FuzzRun("revocation lists") { BytesPerByte = BytesPerByte }.RunAsync(lists.Make, input =>
        {
            if (!RevocationList.TryParse(input, out RevocationList? list, out string? reason))
                return string.IsNullOrEmpty(reason) ? "refused without a reason" : null;
            return RevocationList.TryParse(Rebuild(list), out RevocationList? again, out reason) ? FaultOf(list, again) : $"is not read back: {reason}";
        });
    }

    private static byte[] Rebuild(RevocationList list)
    {
        var builder = new RevocationListBuilder();
        foreach (RevokedCertificates revoked in list.Certificates)
        {
            SshPublicKey? ca = revoked.CaWire.IsEmpty ? null : SshPublicKey.FromWire(revoked.CaWire);
            foreach (SerialRange range in revoked.Serials) builder.AddSerials(ca, range.First, range.Last);
            foreach (string keyId in revoked.KeyIds.Where(keyId => keyId.Length > 0)) builder.AddKeyId(ca, keyId);
        }

        foreach (Fingerprint fingerprint in list.Sha256Fingerprints) builder.AddFingerprint(fingerprint);
        return builder.Build(list.Version, list.Generated, list.Comment);
    }

    private static string? FaultOf(RevocationList list, RevocationList again)
    {
        if (list.Version != again.Version || list.Generated != again.Generated || list.Comment != again.Comment) return "its head is another";
        RevokedCertificates[] kept = [.. list.Certificates.Where(revoked => revoked.Serials.Length > 0 || revoked.KeyIds.Any(keyId => keyId.Length > 0))];
        if (kept.Length != again.Certificates.Length) return "it names another number of CAs";
        foreach ((RevokedCertificates one, RevokedCertificates other) in kept.Zip(again.Certificates))
        {
            if (!one.CaWire.Span.SequenceEqual(other.CaWire.Span) || !one.Serials.AsSpan().SequenceEqual(other.Serials.AsSpan())) return "it revokes other serials";
            if (!one.KeyIds.Where(keyId => keyId.Length > 0).ToHashSet().SetEquals(other.KeyIds)) return "it revokes other key ids";
        }

        if (!list.Sha256Fingerprints.ToHashSet().SetEquals(again.Sha256Fingerprints)) return "it revokes other fingerprints";
        return null;
    }
}
