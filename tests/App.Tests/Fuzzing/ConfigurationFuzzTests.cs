using SshFunctions.App.Hosting.OpenId;
using SshFunctions.App.Hosting.Outbound;
using SshFunctions.App.Hosting.Settings;
using SshFunctions.App.Hosting.Tickets;
using SshFunctions.Core;
using SshFunctions.Support.Programs;
using SshFunctions.Support.Proofs;

namespace SshFunctions.App.Tests.Fuzzing;

[Trait("Proof", "fuzzing")]
public sealed class ConfigurationFuzzTests
{
    // Files that an operator writes and the broker reads once: what they cost matters little, and each fault is told by an exception.
    private const int UsualCount = 2000;

    private const string Identities =
        """{"issuers":[{"name":"idp","issuer":"https://idp.example.com","audiences":["sshfn"],"kind":"person","subject":"{email}","groups":{"claim":"groups"},"algorithms":["ES256"],"maximumAgeSeconds":600,"conditions":{"repository":["acme/*"]}}]}""";

    private const string Outbound =
        """{"forwarders":[{"name":"siem","format":"syslog","url":"tcp://127.0.0.1:514"}],"subscriptions":[{"name":"chat","format":"slack","url":"https://hooks.example.com/x","kinds":["private-key.*"],"path":"/"}]}""";

    private const string Settings = """{"data":"/var/lib/sshfn","listen":["http://127.0.0.1:8080","https://*:443"],"url":"https://broker.example.com"}""";

    [Fact(Timeout = 1_800_000)]
    public async Task Identities_are_read_or_refused() =>
        await RunAsync("file of identities", [Identities], input => FaultOf(IdentitiesFile.Bind(input)));

    [Fact(Timeout = 1_800_000)]
    public async Task Ticket_sources_are_read_or_refused() =>
        await RunAsync("file of ticket sources", Directory.GetFiles(Path.Combine(SourceTree.Root, "infra", "tickets"), "*.json").Select(File.ReadAllText), input => FaultOf(TicketsFile.Bind(input)));

    [Fact(Timeout = 1_800_000)]
    public async Task Outbound_targets_are_read_or_refused() =>
        await RunAsync("file of outbound targets", [Outbound], input => FaultOf(OutboundFile.Bind(input)));

    [Fact(Timeout = 1_800_000)]
    public async Task Settings_are_read_or_refused() =>
        await RunAsync("file of settings, addresses to listen on", [Settings, "http://*:8080", "https://[::1]:8443", "http://localhost:0"], input =>
        {
            string text = TextMutator.ToText(input);
            return FaultOf(SettingsFile.Bind(input.ToArray(), "settings.json")) ?? FaultOf(ListenAddress.Parse(text)) ?? FaultOf(KeyLocation.Parse(text)) ?? FaultOf(CommandLine.Parse(text.Split(' ')));
        });

    private static async Task RunAsync(string subject, IEnumerable<string> samples, FuzzRun.Reading reading)
    {
        var texts = new TextMutator(samples);
        await new FuzzRun(subject) { Usual = UsualCount, FixedBytes = 256 * 1024, BytesPerByte = 256 }.RunAsync(texts.Make, reading);
    }

    private static string? FaultOf<T>(Result<T> result)
        where T : notnull => result.Succeeded || (result.Refusal is Refusal.Invalid or Refusal.Conflict && result.Refusal.Detail.Length > 0) ? null : $"refused as {result.Refusal?.GetType().Name}";
}
