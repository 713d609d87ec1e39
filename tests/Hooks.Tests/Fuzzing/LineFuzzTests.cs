using System.Text;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Config;
using SshFunctions.Hooks.Display;
using SshFunctions.Hooks.Git;
using SshFunctions.Hooks.Hook;
using SshFunctions.Hooks.Host;
using SshFunctions.Hooks.Host.Callbacks;
using SshFunctions.Hooks.Host.Enroll;
using SshFunctions.Support.Proofs;

namespace SshFunctions.Hooks.Tests.Fuzzing;

/// <summary>What people, git, ssh and sshd hand over as text.</summary>
[Trait("Proof", "fuzzing")]
public sealed class LineFuzzTests
{
    private const int UsualCount = 3000;
    private const int WholeCount = 10_000_000;

    private static readonly DateTimeOffset Now = new(2030, 1, 31, 12, 0, 0, TimeSpan.Zero);

    [Fact(Timeout = 1_800_000)]
    public async Task Configuration_of_sshd_is_read_line_by_line()
    {
        var texts = new TextMutator(
            "Include /etc/ssh/sshd_config.d/*.conf\nPort 22\nMatch User git\n  ForceCommand = /bin/true\nMatch all\nAcceptEnv LANG LC_*\n# comment\nHostKey=/etc/ssh/key\n",
            "port 22\nhostkey /etc/ssh/ssh_host_rsa_key\npubkeyauthentication yes\nauthorizedprincipalscommand none\n", "OpenSSH_9.2p1 Debian-2+deb12u10, OpenSSL 3.0.19", "OpenSSH_10.5p1");
        await new FuzzRun("lines of sshd's configuration").RunAsync(texts.Make, input =>
        {
            string text = Encoding.UTF8.GetString(input);
            foreach (ConfigLine line in ConfigLines.Parse("sshd_config", text))
            {
                if (line.Is("Include")) _ = ConfigLines.Patterns(line).Count();
                if (line.Is("Match")) return "Match is no line of its own";
            }

            _ = EffectiveConfig.Parse(text).Find("hostkey");
            return OpenSshVersion.TryParse(text, out OpenSshVersion version) && version.ToString().Length < 3 ? "a version without numbers" : null;
        });
    }

    [Fact(Timeout = 1_800_000)]
    public async Task What_ssh_and_git_hand_over_is_taken_as_a_name_or_refused()
    {
        var texts = new TextMutator(
            "deploy@web.example.com:22", "git@git.example.com:2222", "protocol=https\nhost=git.example.com:8443\nusername=alice\npath=a\n\n", "protocol=http\nhost=[::1]:3000\n\n",
            "# sshfn host pattern: *.example.com\n# sshfn created: /home/alice/.ssh/config\nMatch all\n", "*.example.com", "publickey ssh-ed25519 AAAA\npassword\n");
        await new FuzzRun("names of hosts, git's requests, credentials of sessions").RunAsync(texts.Make, input =>
        {
            string text = Encoding.UTF8.GetString(input);
            if (HookDestination.TryParseFolderName(text, out HookDestination place) && (place.FolderName.Contains('/', StringComparison.Ordinal) || place.FolderName.StartsWith('-'))) return "a folder that is another's";
            if (CredentialRequest.Parse(text) is { } request && (request.Host.Length == 0 || request.Host.Contains('/', StringComparison.Ordinal))) return $"a host that is none: {request.Host}";
            if (ManagedFile.Recall(text).Patterns.Any(pattern => pattern.Contains(' ', StringComparison.Ordinal) || pattern.Any(char.IsControl))) return "a pattern of two words";
            _ = CertificateText.ReadValidity(text);
            return SessionCredential.Parse(text).Method.Length > 0 ? null : "no method";
        });
    }

    [Fact(Timeout = 1_800_000)]
    public async Task What_people_write_is_read_or_refused_in_words()
    {
        var texts = new TextMutator("30d", "9999999d", "15m", "2030-12-31T18:00Z", "https://broker.example.com/", "http://127.0.0.1:8080", "abcdefgh.secret", "*.example.com");
        await new FuzzRun("times, addresses and tokens that people write") { Usual = UsualCount, Whole = WholeCount }.RunAsync(texts.Make, input =>
        {
            string text = Encoding.UTF8.GetString(input);
            Try(() => Moment.ParseInstant(text, Now));
            Try(() => Moment.ParseSpan(text));
            Try(() => AccessTokenText.Parse(text));
            Try(() => HostPattern.Parse(text));
            if (Try(() => BrokerAddress.Parse(text)) is { } address && !BrokerAddress.KeepsSecrets(address)) return "a token would go over the network in the clear";
            return Printable.Line(text).Any(char.IsControl) ? "a control character reaches the terminal" : null;
        });
    }

    [Fact(Timeout = 1_800_000)]
    public async Task An_identity_is_a_text_or_none()
    {
        var texts = new TextMutator("""{"access_token":"eyJ0eXAi.e30.AAAA","expires_on":"1893456000","resource":"sshfn"}""");
        await new FuzzRun("answers of the metadata service") { Usual = UsualCount, Whole = WholeCount }.RunAsync(texts.Make, input =>
        {
            _ = ManagedIdentity.Read(input.ToArray());
            return null;
        });
    }

    private static T? Try<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (CommandFailedException)
        {
            return default;
        }
    }
}
