using System.Globalization;
using SshFunctions.Ssh.Certificates;
using SshFunctions.Ssh.Keys;
using SshFunctions.Ssh.Revocation;
using SshFunctions.Support.Files;
using SshFunctions.Support.Processes;

namespace SshFunctions.Interop.Tests.Keygen;

public sealed class RevocationTests
{
    private const int CertificateCount = 1000;

    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public static TheoryData<string> Forms => ["list", "range", "bitmap", "mixed", "key ids", "key", "fingerprint", "any CA", "nothing"];

    [Theory(Timeout = 120_000)]
    [MemberData(nameof(Forms))]
    public async Task Agrees_about_a_thousand_random_serials(string form)
    {
        using var folder = new TemporaryFolder();
        SshPrivateKey ca = Keys.Ca("ecdsa256");
        SshPublicKey[] subjects = [Keys.Subject("ed25519"), Keys.Subject("ecdsa256"), Keys.Subject("ed25519")];
        var builder = new RevocationListBuilder();
        Fill(builder, form, ca.PublicKey, subjects);
        byte[] krl = builder.Build(3, Now);
        folder.Write("krl", krl);
        RevocationList list = RevocationList.Parse(krl);

        var expected = new SortedSet<string>();
        string[] names = new string[CertificateCount];
        var random = new Random(form.Length);
        for (int index = 0; index < CertificateCount; index++)
        {
            ulong serial = (ulong)random.NextInt64(1, 6000);
            SshCertificate certificate = Sign(ca, subjects[index % subjects.Length], serial);
            names[index] = string.Create(CultureInfo.InvariantCulture, $"c{index}-cert.pub");
            folder.Write(names[index], certificate.ToText() + "\n");
            if (list.IsRevoked(certificate))
                expected.Add(names[index]);
        }

        ProcessRun run = await SshKeygen.RunAsync(folder, ["-Q", "-f", "krl", .. names]);
        Assert.Equal(expected.Count == 0 ? 0 : 1, run.ExitCode);
        Assert.Equal(CertificateCount, run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal(expected, new SortedSet<string>(run.Output.Split('\n').Where(line => line.EndsWith("REVOKED", StringComparison.Ordinal)).Select(line => line.Split(' ', ':')[0])));
        Assert.Equal(form == "nothing", expected.Count == 0);
    }

    [Theory(Timeout = 120_000)]
    [InlineData("serial: 7\nserial: 35\nserial: 90000\n")]
    [InlineData("serial: 10-5000\nserial: 7000-18446744073709551615\n")]
    [InlineData("odd")]
    [InlineData("serial: 3\nid: id of 42\nid: id of 43\nserial: 100-2000\n")]
    public async Task Writes_lists_that_are_read_the_same(string specification)
    {
        using var folder = new TemporaryFolder();
        if (specification == "odd")
            specification = string.Concat(Enumerable.Range(0, 2000).Select(n => $"serial: {(2 * n) + 1}\n"));
        SshPrivateKey ca = Keys.Ca("ecdsa256");
        SshPublicKey subject = Keys.Subject("ed25519");
        folder.Write("ca.pub", ca.PublicKey.ToText() + "\n");
        (await SshKeygen.RunWithInputAsync(folder, specification, "-q", "-k", "-f", "krl", "-z", "12", "-s", "ca.pub", "-")).Expect(0);
        RevocationList list = RevocationList.Parse(await File.ReadAllBytesAsync(folder["krl"]));
        Assert.Equal(12u, list.Version);

        SshCertificate[] certificates = [.. Enumerable.Range(1, CertificateCount).Select(n => Sign(ca, subject, (ulong)(n * 7) % 8000))];
        for (int index = 0; index < certificates.Length; index++)
            folder.Write($"c{index}-cert.pub", certificates[index].ToText() + "\n");
        ProcessRun run = await SshKeygen.RunAsync(folder, ["-Q", "-f", "krl", .. Enumerable.Range(0, CertificateCount).Select(n => $"c{n}-cert.pub")]);
        bool[] revoked = [.. run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.EndsWith("REVOKED", StringComparison.Ordinal))];
        Assert.Equal(certificates.Select(list.IsRevoked), revoked);
        Assert.Contains(true, revoked);
    }

    [Theory(Timeout = 120_000)]
    [InlineData(16_383)]
    [InlineData(16_384)]
    [InlineData(16_385)]
    [InlineData(100_000)]
    public async Task Reads_a_list_of_every_other_serial_up_to(int last)
    {
        using var folder = new TemporaryFolder();
        SshPrivateKey ca = Keys.Ca("ecdsa256");
        SshPublicKey subject = Keys.Subject("ed25519");
        var builder = new RevocationListBuilder();
        builder.AddSerials(ca.PublicKey, Enumerable.Range(1, last).Where(serial => serial % 2 == 1 || serial == last).Select(serial => (ulong)serial));
        folder.Write("krl", builder.Build(3, Now));
        folder.Write("last-cert.pub", Sign(ca, subject, (ulong)last).ToText() + "\n");
        folder.Write("other-cert.pub", Sign(ca, subject, 2).ToText() + "\n");
        (await SshKeygen.RunAsync(folder, ["-Q", "-f", "krl", "last-cert.pub"])).Expect(1);
        (await SshKeygen.RunAsync(folder, ["-Q", "-f", "krl", "other-cert.pub"])).Expect(0);
    }

    private static void Fill(RevocationListBuilder builder, string form, SshPublicKey ca, SshPublicKey[] subjects)
    {
        var random = new Random(7);
        switch (form)
        {
            case "list":
                builder.AddSerials(ca, Enumerable.Range(1, 6).Select(n => (ulong)n * 997));
                builder.AddSerials(ca, Enumerable.Range(1, 15).Select(n => (ulong)n * 400));
                break;
            case "range":
                builder.AddSerials(ca, 100, 2500);
                builder.AddSerials(ca, 5000, ulong.MaxValue);
                break;
            case "bitmap":
                builder.AddSerials(ca, Enumerable.Range(1, 3000).Select(_ => (ulong)random.NextInt64(1, 6000)));
                break;
            case "mixed":
                builder.AddSerials(ca, Enumerable.Range(1, 300).Select(_ => (ulong)random.NextInt64(1, 1000)));
                builder.AddSerials(ca, 1500, 3000);
                builder.AddSerials(ca, [3500, 4000, 4500, 5000, 5001, 5500, 70_000_000_000]);
                break;
            case "key ids":
                for (int serial = 1; serial < 6000; serial += 3)
                    builder.AddKeyId(ca, $"id of {serial}");
                break;
            case "key":
                builder.AddKey(subjects[1]);
                break;
            case "fingerprint":
                builder.AddFingerprint(subjects[0].Fingerprint);
                builder.AddFingerprint(subjects[2].Fingerprint);
                break;
            case "any CA":
                builder.AddSerials(null, 1, 3000);
                break;
            default:
                builder.AddSerials(subjects[0], 1, 6000); // another CA's
                break;
        }
    }

    private static SshCertificate Sign(SshPrivateKey ca, SshPublicKey subject, ulong serial)
    {
        byte[] toBeSigned = new CertificateContent
        {
            SubjectKey = subject,
            Serial = serial,
            Type = CertificateType.User,
            KeyId = string.Create(CultureInfo.InvariantCulture, $"id of {serial}"),
            ValidPrincipals = ["alice"],
            ValidAfter = Now,
            ValidBefore = Now.AddMinutes(5),
        }.ToBeSigned(ca.PublicKey);
        return SshCertificate.Assemble(toBeSigned, ca.Sign(toBeSigned));
    }
}
