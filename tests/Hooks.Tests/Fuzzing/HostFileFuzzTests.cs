using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using SshFunctions.Api;
using SshFunctions.Core.Resources;
using SshFunctions.Hooks.Alias;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Host;
using SshFunctions.Hooks.Host.Refresh;
using SshFunctions.Support.Proofs;

namespace SshFunctions.Hooks.Tests.Fuzzing;

[Trait("Proof", "fuzzing")]
public sealed class HostFileFuzzTests
{
    // Most of these are refused by an exception of the serializer, ten microseconds or more each.
    private const int UsualCount = 2000;
    private const int WholeCount = 10_000_000;

    private const string Key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHPdzH9EZii3R3ddPwIQZgUbEob0Z+6Ln82Zp0lsmdUe";

    private const string Settings =
        """{"broker":"https://broker.example.com","host":"abcdefghijkl2345","resource":"acme/production/web","instance":null,"sshd":"/usr/sbin/sshd","sshdConfig":"/etc/ssh/sshd_config","hostKeys":["/etc/ssh/ssh_host_ed25519_key.pub"],"passcodes":true,"reload":"Auto","passcodePort":2222}""";

    private const string State = """{"tokenCreated":"2030-01-31T12:00:00+00:00","tokenExpires":"2031-01-31T12:00:00+00:00","trustVersion":3,"revocationListVersion":17,"lastError":null}""";

    private const string Session =
        """{"id":"12-345-0123456789abcdef","monitor":12,"started":345,"opened":"2030-01-31T12:00:00+00:00","login":"deploy","method":"certificate","serial":18446744073709551615}""";

    private const string Spooled = """{"session":{"session":"12-345-ab","event":"opened","time":"2030-01-31T12:00:00+00:00","login":"deploy","method":"key"},"alarm":null}""";

    private const string Bundle =
        $$"""{"version":3,"userCaKeys":[{"publicKey":"{{Key}}","fingerprint":"SHA256:x","state":"active"}],"hostCaKeys":[{"publicKey":"{{Key}}","fingerprint":"SHA256:x","state":"active"}],"journalKeys":[{"publicKey":"{{Key}}","fingerprint":"SHA256:x","state":"retiring"}]}""";

    private const string Credentials = """{"broker":"https://broker.example.com","token":"abcdefgh.secret","expires":"2030-01-31T12:00:00+00:00"}""";

    private const string Names = """{"broker":"https://broker.example.com/","userName":"alice","hostKeys":"@cert-authority * ssh-ed25519 AAAA","resources":[{"path":"acme/production/web"}]}""";

    [Fact(Timeout = 1_800_000)]
    public async Task Files_of_a_host_and_of_a_person_are_read_or_no_JSON_of_theirs()
    {
        var texts = new TextMutator(Settings, State, Session, Spooled, Credentials, Names);
        await new FuzzRun("files of a host and of a person") { Usual = UsualCount, Whole = WholeCount, BytesPerByte = 256 }.RunAsync(texts.Make, input =>
        {
            string text = Encoding.UTF8.GetString(input);
            HostSettings? settings = Read(text, HostJson.Default.HostSettings);
            if (settings is not null && settings.Problem() is null && (!ResourcePath.TryParse(settings.Resource, null, out ResourcePath path) || path.Depth != 3 || !settings.Sshd.StartsWith('/'))) return "settings that are none were taken";
            _ = Read(text, HostJson.Default.AgentState);
            _ = Read(text, HostJson.Default.LiveSession);
            _ = Read(text, HostJson.Default.SpoolEntry);
            _ = Read(text, StoredCredentialsJson.Default.StoredCredentials);
            _ = Read(text, CatalogJson.Default.Catalog);
            return null;
        });
    }

    [Fact(Timeout = 1_800_000)]
    public async Task A_trust_bundle_is_taken_whole_or_not_at_all()
    {
        string signed = JsonSerializer.Serialize(new SignedTrustBundleResponse(Bundle, "", []), Contract.Json.SignedTrustBundleResponse);
        PinnedTrust held = PinnedTrust.TryParse(Read(Bundle, Contract.Json.TrustBundleResponse)!, out string _)!;
        var texts = new TextMutator(Bundle, signed);
        await new FuzzRun("trust bundles") { Usual = UsualCount, Whole = WholeCount, BytesPerByte = 256 }.RunAsync(texts.Make, input =>
        {
            string text = Encoding.UTF8.GetString(input);
            if (Read(text, Contract.Json.SignedTrustBundleResponse) is { } answer && SignedTrust.Verify(answer, held, out string? problem) is not null) return $"nobody signed that {problem}";
            if (Read(text, Contract.Json.TrustBundleResponse) is not { } bundle) return null;
            return PinnedTrust.TryParse(bundle, out string said) is { } trust
                ? (trust.UserCas.Count > 0 && trust.HostCas.Count > 0 && trust.Journal.Count > 0 ? null : "a kind of key is missing")
                : said.Length > 0 ? null : "refused without a reason";
        });
    }

    [Fact(Timeout = 1_800_000)]
    public async Task A_broker_s_refusal_is_told_whatever_it_says()
    {
        var texts = new TextMutator("""{"type":"/problems/denied","title":"Denied","status":403,"detail":"No grant.","field":"login","fix":"ask","correlationId":"ab"}""", "<html>502</html>", "");
        var broker = new Uri("https://broker.example.com");
        await new FuzzRun("a broker's refusals") { Usual = UsualCount, Whole = WholeCount }.RunAsync(texts.Make, input =>
            BrokerProblem.Refusal(broker, 400 + (input.Length % 120), input.ToArray()) is { ExitCode: not 0, Message.Length: > 0 } ? null : "an error without a word");
    }

    private static T? Read<T>(string text, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            // As answers are read: whole, or not at all.
            return JsonSerializer.Deserialize(text, type) is { } value && AnswerShape.IsWhole(value, type) ? value : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
