using System.Globalization;
using SshFunctions.Interop.Tests.Keygen;
using SshFunctions.Ssh.Certificates;
using SshFunctions.Ssh.Keys;
using SshFunctions.Ssh.Revocation;
using SshFunctions.Support.Files;
using SshFunctions.Support.Processes;
using SshFunctions.Support.Proofs;

namespace SshFunctions.Interop.Tests.Conformance;

[Trait("Proof", "conformance")]
public sealed class RevocationConformanceTests
{
    private const ulong Seed = 9_3;
    private const int CertificateCount = 250;
    private const int LastSerial = 40_000;
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly string[] CaTypes = ["ecdsa256", "ed25519", "ecdsa521"];

    private readonly Chance _chance = new(Seed);

    [Fact(Timeout = 1_200_000)]
    public async Task ssh_keygen_finds_in_a_list_what_was_put_into_it_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        SshPublicKey[] subjects = [.. Enumerable.Range(0, 12).Select(number => Keys.Subject(Keys.SubjectTypes[number % 2 == 0 ? 0 : 4]))];
        SshCertificate[] certificates = [.. Enumerable.Range(0, CertificateCount).Select(_ => Certify(subjects))];
        string[] names = [.. Enumerable.Range(0, CertificateCount).Select(number => string.Create(CultureInfo.InvariantCulture, $"c{number}-cert.pub"))];
        for (int number = 0; number < CertificateCount; number++) folder.Write(names[number], certificates[number].ToText() + "\n");

        int lists = LongRuns.Count(10, 2_000);
        List<string> wrong = [];
        for (int list = 0; list < lists; list++)
        {
            Func<SshCertificate, bool> isRevoked = Revoke(certificates, subjects, out byte[] krl);
            folder.Write("krl", krl);
            RevocationList read = RevocationList.Parse(krl);
            ProcessRun run = await SshKeygen.RunAsync(folder, ["-Q", "-f", "krl", .. names]);
            string[] lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            for (int number = 0; number < CertificateCount; number++)
            {
                bool expected = isRevoked(certificates[number]);
                bool keygen = number < lines.Length && lines[number].EndsWith("REVOKED", StringComparison.Ordinal);
                if (lines.Length != CertificateCount || keygen != expected || read.IsRevoked(certificates[number]) != expected)
                    wrong.Add($"list {list} of seed {Seed}, certificate {number} ({certificates[number].Content.Serial}): {expected} was put in, ssh-keygen says {keygen}, ours {read.IsRevoked(certificates[number])}; {run.Error}");
            }
        }

        new ProofFigure("conformance", $"revocation lists, each asked for {CertificateCount} certificates", lists, wrong.Count).Record();
        Assert.True(wrong.Count == 0, $"{wrong.Count} wrong:\n{string.Join('\n', wrong.Take(5))}");
    }

    private SshCertificate Certify(SshPublicKey[] subjects) => RandomCertificates.Sign(Keys.Ca(_chance.Pick(CaTypes)), new CertificateContent
    {
        SubjectKey = _chance.Pick(subjects),
        Serial = _chance.OneIn(20) ? ulong.MaxValue - (ulong)_chance.Below(3) : (ulong)(1 + _chance.Below(LastSerial)),
        Type = _chance.OneIn(4) ? CertificateType.Host : CertificateType.User,
        KeyId = $"id {_chance.Below(80)}",
        ValidPrincipals = ["alice"],
        ValidAfter = Now,
        ValidBefore = Now.AddMinutes(5),
    });

    // What was put in is kept as plain conditions, so that neither the writer nor the reader judges itself.
    private Func<SshCertificate, bool> Revoke(SshCertificate[] certificates, SshPublicKey[] subjects, out byte[] krl)
    {
        var builder = new RevocationListBuilder();
        List<Func<SshCertificate, bool>> conditions = [];
        for (int parts = _chance.Below(6); parts > 0; parts--)
        {
            SshPublicKey? ca = _chance.OneIn(4) ? null : Keys.Ca(_chance.Pick(CaTypes)).PublicKey;
            conditions.Add(AddPart(builder, ca, certificates, subjects));
        }

        krl = builder.Build((ulong)_chance.Below(1000), Now, _chance.OneIn(2) ? "" : "a comment");
        return certificate => conditions.Any(condition => condition(certificate));
    }

    private Func<SshCertificate, bool> AddPart(RevocationListBuilder builder, SshPublicKey? ca, SshCertificate[] certificates, SshPublicKey[] subjects)
    {
        bool Is(SshCertificate certificate) => ca is null || ca.Equals(certificate.CaKey);
        switch (_chance.Below(5))
        {
            case 0:
                // Dense or sparse: a bitmap, ranges or a list.
                int step = 1 + _chance.Below(_chance.OneIn(2) ? 3 : 500);
                HashSet<ulong> serials = [.. Enumerable.Range(0, _chance.Below(3000)).Select(_ => (ulong)(1 + (_chance.Below(LastSerial / step) * step))), _chance.Pick(certificates).Content.Serial];
                builder.AddSerials(ca, serials);
                return certificate => Is(certificate) && serials.Contains(certificate.Content.Serial);
            case 1:
                ulong first = _chance.OneIn(5) ? 1 : (ulong)(1 + _chance.Below(LastSerial));
                ulong last = _chance.OneIn(5) ? ulong.MaxValue : first + (ulong)_chance.Below(LastSerial);
                builder.AddSerials(ca, first, last);
                return certificate => Is(certificate) && certificate.Content.Serial >= first && certificate.Content.Serial <= last;
            case 2:
                HashSet<string> keyIds = [.. Enumerable.Range(0, 1 + _chance.Below(30)).Select(_ => $"id {_chance.Below(160)}")];
                foreach (string keyId in keyIds) builder.AddKeyId(ca, keyId);
                return certificate => Is(certificate) && keyIds.Contains(certificate.Content.KeyId);
            case 3:
                SshPublicKey key = _chance.OneIn(8) ? Keys.Ca(_chance.Pick(CaTypes)).PublicKey : _chance.Pick(subjects);
                builder.AddKey(key);
                return certificate => key.Equals(certificate.Content.SubjectKey) || key.Equals(certificate.CaKey);
            default:
                SshPublicKey named = _chance.Pick(subjects);
                builder.AddFingerprint(named.Fingerprint);
                return certificate => named.Equals(certificate.Content.SubjectKey);
        }
    }
}
