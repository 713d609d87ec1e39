using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using SshFunctions.Interop.Tests.Keygen;
using SshFunctions.Ssh.Certificates;
using SshFunctions.Ssh.Keys;
using SshFunctions.Support.Proofs;

namespace SshFunctions.Interop.Tests.Conformance;

/// <summary>Certificates of every type with what may stand in them, edges more often than middles.</summary>
internal static class RandomCertificates
{
    private const string NameUnits = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_@/#:+=*?%&()[]{}!$^~;<>|\\\"'`éß☃中😀";
    private static readonly ulong[] Serials = [0, 1, 2, 65_535, 65_536, long.MaxValue, (ulong)long.MaxValue + 1, ulong.MaxValue - 1, ulong.MaxValue];
    private static readonly int[] PrincipalCounts = [1, 1, 1, 2, 3, 16, 255, 256];
    private static readonly string[] Instants = ["1970-01-01T00:00:00Z", "1970-01-01T00:00:01Z", "2026-01-02T03:04:05Z", "2038-01-19T03:14:07Z", "2038-01-19T03:14:08Z", "2106-02-07T06:28:16Z", "9999-12-31T23:59:58Z", "9999-12-31T23:59:59Z"];
    private static readonly Lazy<SshPublicKey[]> Subjects = new(() => [.. Keys.SubjectTypes.Select(Keys.Subject)]);

    /// <summary>A certificate by any CA.</summary>
    public static SshCertificate Next(Chance chance)
    {
        SshPrivateKey ca = Keys.Ca(chance.Pick(Keys.CaTypes));
        return Sign(ca, NextContent(chance));
    }

    public static SshCertificate Sign(SshPrivateKey ca, CertificateContent content)
    {
        byte[] toBeSigned = content.ToBeSigned(ca.PublicKey);
        return SshCertificate.Assemble(toBeSigned, ca.Sign(toBeSigned));
    }

    public static CertificateContent NextContent(Chance chance)
    {
        CertificateType type = chance.OneIn(3) ? CertificateType.Host : CertificateType.User;
        byte[] nonce = new byte[CertificateContent.NonceBytes];
        chance.Fill(nonce);
        DateTimeOffset[] instants = [.. Enumerable.Range(0, 2).Select(_ => NextInstant(chance)).Order()];
        DateTimeOffset before = chance.OneIn(6) || instants[0] == instants[1] ? CertificateContent.Forever : instants[1];
        return new CertificateContent
        {
            Nonce = nonce,
            SubjectKey = chance.Pick(Subjects.Value),
            Serial = chance.OneIn(2) ? chance.Pick(Serials) : chance.Next(),
            Type = type,
            KeyId = NextName(chance, KeyId.MaximumCharacters, NameUnits + " ,"),
            ValidPrincipals = [.. Enumerable.Range(0, chance.Pick(PrincipalCounts)).Select(number => NextPrincipal(chance, number))],
            ValidAfter = instants[0],
            ValidBefore = before,
            CriticalOptions = type == CertificateType.User ? NextCriticalOptions(chance) : [],
            Extensions = type == CertificateType.User ? NextExtensions(chance) : [],
        };
    }

    private static DateTimeOffset NextInstant(Chance chance) => chance.OneIn(2)
        ? DateTimeOffset.Parse(chance.Pick(Instants), CultureInfo.InvariantCulture)
        : DateTimeOffset.FromUnixTimeSeconds((long)(chance.Next() % 4_102_444_800));

    private static string NextPrincipal(Chance chance, int number) => chance.OneIn(50)
        ? NextName(chance, Principal.MaximumCharacters, NameUnits)
        : string.Create(CultureInfo.InvariantCulture, $"{NextName(chance, 12, NameUnits)}{number}");

    // Of one unit, of as many as there may be, or of some.
    private static string NextName(Chance chance, int most, string alphabet)
    {
        int[] runes = [.. alphabet.EnumerateRunes().Select(rune => rune.Value)];
        int length = chance.Below(6) switch { 0 => 1, 1 => most, _ => 1 + chance.Below(Math.Min(most, 40)) };
        string name = string.Concat(Enumerable.Range(0, length).Select(_ => char.ConvertFromUtf32(chance.Pick(runes)))).Trim();
        return name.Length == 0 ? "x" : name.Length > most ? new string('m', most) : name;
    }

    private static ImmutableArray<CertificateOption> NextCriticalOptions(Chance chance)
    {
        List<CertificateOption> options = [];
        if (chance.OneIn(3)) options.Add(CertificateOption.ForceCommand(chance.OneIn(2) ? "internal-sftp -R" : NextName(chance, 300, NameUnits + " ,")));
        if (chance.OneIn(3)) options.Add(CertificateOption.SourceAddress([.. Enumerable.Range(0, 1 + chance.Below(5)).Select(_ => NextNetwork(chance))]));
        return CertificateOption.Sorted(options);
    }

    private static IPNetwork NextNetwork(Chance chance)
    {
        bool isSix = chance.OneIn(2);
        int bits = chance.Below(isSix ? 129 : 33);
        byte[] address = new byte[isSix ? 16 : 4];
        chance.Fill(address);
        for (int bit = bits; bit < address.Length * 8; bit++) address[bit / 8] &= unchecked((byte)~(0x80 >> (bit % 8)));
        return new IPNetwork(new IPAddress(address), bits);
    }

    private static ImmutableArray<CertificateOption> NextExtensions(Chance chance)
    {
        CertificateOption[] all =
        [
            CertificateOption.PermitPty, CertificateOption.PermitPortForwarding, CertificateOption.PermitAgentForwarding, CertificateOption.PermitX11Forwarding,
            CertificateOption.PermitUserRc, CertificateOption.NoTouchRequired, CertificateOption.WithValue("login@github.com", NextName(chance, 40, NameUnits)), new("single-use@sshfunctions", default),
        ];
        return CertificateOption.Sorted(all.Where(_ => chance.OneIn(2)));
    }
}
