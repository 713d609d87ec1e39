using System.Globalization;
using System.Text.Json.Nodes;
using SshFunctions.Ssh.Certificates;
using SshFunctions.Support.Files;
using SshFunctions.Support.Processes;
using SshFunctions.Support.Proofs;

namespace SshFunctions.Interop.Tests.Conformance;

[Trait("Proof", "conformance")]
public sealed class CertificateConformanceTests
{
    private const ulong Seed = 9_1;
    private static readonly string[] Flags = ["no-touch-required", "permit-X11-forwarding", "permit-agent-forwarding", "permit-port-forwarding", "permit-pty", "permit-user-rc"];

    [Fact(Timeout = 1_200_000)]
    public async Task ssh_keygen_and_asyncssh_read_in_a_certificate_what_was_written()
    {
        using var folder = new TemporaryFolder();
        var chance = new Chance(Seed);
        SshCertificate[] certificates = [.. Enumerable.Range(0, LongRuns.Count(150, 20_000)).Select(_ => RandomCertificates.Next(chance))];
        folder.Write("all", string.Concat(certificates.Select(certificate => certificate.ToText() + "\n")));
        Task<JsonObject[]> reading = SecondReader.ReadAsync(certificates.Select(certificate => $"certificate {Convert.ToBase64String(certificate.Wire.Span)}"));
        ProcessRun printed = (await ProcessRun.ToEndAsync("ssh-keygen", ["-L", "-f", "all"], folder: folder.Path, environment: new Dictionary<string, string?> { ["TZ"] = "UTC" }, timeout: TimeSpan.FromMinutes(10))).Expect(0);
        string[] blocks = [.. printed.Output.Split("        Type: ")[1..]];
        JsonObject[] read = await reading;

        List<string> wrong = [];
        for (int number = 0; number < certificates.Length; number++)
        {
            SshCertificate certificate = certificates[number];
            string expected = string.Join('\n', Lines(certificate));
            string keygen = number < blocks.Length ? string.Join('\n', blocks[number].Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && !line.StartsWith("all:", StringComparison.Ordinal))) : "nothing";
            if (keygen != expected) wrong.Add($"{number} of seed {Seed}, ssh-keygen: {certificate.ToText()}\nexpected\n{expected}\nbut\n{keygen}");
            if (number >= read.Length || !JsonNode.DeepEquals(read[number], Fields(certificate))) wrong.Add($"{number} of seed {Seed}, asyncssh: {certificate.ToText()}\nexpected\n{Fields(certificate).ToJsonString()}\nbut\n{(number < read.Length ? read[number].ToJsonString() : "nothing")}");
        }

        new ProofFigure("conformance", "certificates, read by ssh-keygen and asyncssh", certificates.Length, wrong.Count).Record();
        Assert.True(wrong.Count == 0, $"{wrong.Count} wrong, the first:\n{string.Join('\n', wrong.Take(2))}");
    }

    private static JsonObject Fields(SshCertificate certificate)
    {
        CertificateContent content = certificate.Content;
        return new JsonObject
        {
            ["type"] = certificate.CertificateKeyType,
            ["key"] = content.SubjectKey.Fingerprint.ToString(),
            ["ca"] = certificate.CaKey.Fingerprint.ToString(),
            ["serial"] = content.Serial.ToString(CultureInfo.InvariantCulture),
            ["kind"] = (int)content.Type,
            ["keyId"] = content.KeyId,
            ["principals"] = new JsonArray([.. content.ValidPrincipals.Select(principal => (JsonNode)principal)]),
            ["after"] = Seconds(content.ValidAfter),
            ["before"] = Seconds(content.ValidBefore),
            ["critical"] = Pairs(content.CriticalOptions),
            ["extensions"] = Pairs(content.Extensions),
        };
    }

    private static string Seconds(DateTimeOffset time) => time == CertificateContent.Forever ? "18446744073709551615" : time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    private static JsonArray Pairs(IEnumerable<CertificateOption> options) =>
        [.. options.Select(option => (JsonNode)new JsonArray(option.Name, Convert.ToHexStringLower(option.Data.Span)))];

    // As print_cert of OpenSSH's ssh-keygen.c, blanks around lines cut off.
    private static IEnumerable<string> Lines(SshCertificate certificate)
    {
        CertificateContent content = certificate.Content;
        yield return $"{certificate.CertificateKeyType} {(content.Type == CertificateType.User ? "user" : "host")} certificate";
        yield return $"Public key: {ShortName(content.SubjectKey.KeyType)}-CERT {content.SubjectKey.Fingerprint}";
        yield return $"Signing CA: {ShortName(certificate.CaKey.KeyType)} {certificate.CaKey.Fingerprint} (using {certificate.Signature.Algorithm})";
        yield return $"Key ID: \"{content.KeyId}\"";
        yield return string.Create(CultureInfo.InvariantCulture, $"Serial: {content.Serial}");
        yield return $"Valid: {Validity(content)}";
        yield return "Principals:";
        foreach (string principal in content.ValidPrincipals) yield return principal;
        foreach (string line in Options("Critical Options:", content.CriticalOptions, isCritical: true)) yield return line;
        foreach (string line in Options("Extensions:", content.Extensions, isCritical: false)) yield return line;
    }

    private static string Validity(CertificateContent content)
    {
        bool always = content.ValidAfter == DateTimeOffset.UnixEpoch;
        bool forever = content.ValidBefore == CertificateContent.Forever;
        string after = content.ValidAfter.UtcDateTime.ToString("s", CultureInfo.InvariantCulture);
        string before = content.ValidBefore.UtcDateTime.ToString("s", CultureInfo.InvariantCulture);
        return always && forever ? "forever" : always ? $"before {before}" : forever ? $"after {after}" : $"from {after} to {before}";
    }

    private static IEnumerable<string> Options(string title, IReadOnlyCollection<CertificateOption> options, bool isCritical)
    {
        yield return options.Count == 0 ? $"{title} (none)" : title;
        foreach (CertificateOption option in options)
        {
            if (isCritical) yield return option.TryGetValue(out string? value) ? $"{option.Name} {value}".Trim() : option.Name;
            else if (Flags.Contains(option.Name)) yield return option.Name;
            else yield return option.Data.IsEmpty ? $"{option.Name} UNKNOWN FLAG OPTION" : string.Create(CultureInfo.InvariantCulture, $"{option.Name} UNKNOWN OPTION: {Convert.ToHexStringLower(option.Data.Span)} (len {option.Data.Length})");
        }
    }

    private static string ShortName(string keyType) => keyType switch
    {
        "ssh-rsa" => "RSA",
        "ssh-ed25519" => "ED25519",
        "sk-ssh-ed25519@openssh.com" => "ED25519-SK",
        "sk-ecdsa-sha2-nistp256@openssh.com" => "ECDSA-SK",
        _ => "ECDSA",
    };
}
