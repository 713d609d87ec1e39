using System.Text;
using System.Text.Json;
using SshFunctions.Core.Tickets;
using SshFunctions.Support.Proofs;

namespace SshFunctions.Core.Tests.Fuzzing;

[Trait("Proof", "fuzzing")]
public sealed class TicketFuzzTests
{
    private const int UsualCount = 5000; // A message is searched for private keys as text, as base64 in it and as JSON in it.

    private const string Ticket =
        """{"ticket":{"source":"jira","event":"open","reference":"OPS-7","requester":"alice@example.com","path":"acme/production/web","duration":"PT4H","reason":"Deploy","url":"https://help.example.com/7","logins":"deploy, root","publicKey":null}}""";

    private const string Webhook =
        """{"issue":{"key":"OPS-42","fields":{"reporter":{"emailAddress":"alice@example.com","active":true},"status":{"name":"open"},"project":"acme","logins":["deploy","git"],"span":"8h"}},"attachment":"{\"nested\":\"-----BEGIN OPENSSH PRIVATE KEY-----\\nb3BlbnNzaC1rZXktdjEAAAAA\"}","more":"eyJhIjoiYmFzZTY0IGpzb24gaGlkZGVuIGhlcmUgZm9yIHRoZSBzY2FuIn0="}""";

    private static readonly TicketSource Source = new("jira", [], TicketSource.UsualTolerance, new TicketMapping(
        Rule("{/issue/fields/status/name}"), Rule("{/issue/key}"), Rule("{/issue/fields/reporter/emailAddress|/issue/reporter}"),
        Rule("{/issue/fields/project}/production"), Rule("{/issue/fields/span}"), Rule("{/issue/fields/reporter/active} {/issue/key}"))
    { Logins = Rule("{/issue/fields/logins}") });

    [Fact(Timeout = 1_800_000)]
    public async Task A_webhook_gives_a_ticket_or_a_refusal()
    {
        var texts = new TextMutator(Webhook, Ticket);
        await new FuzzRun("ticket webhooks") { Usual = UsualCount, BytesPerByte = 256 }.RunAsync(texts.Make, input => FaultOf(TicketIntake.Try(Source, input.ToArray())));
    }

    [Fact(Timeout = 1_800_000)]
    public async Task A_message_of_the_queue_gives_a_ticket_or_a_refusal()
    {
        var texts = new TextMutator(Ticket, Webhook, """{"request":"r-7"}""");
        await new FuzzRun("ticket messages").RunAsync(texts.Make, input =>
        {
            _ = TicketIntake.Names(input);
            if (!TicketIntake.Parse(input.ToArray()).Try(out JsonDocument? document, out Refusal? refusal)) return refusal is Refusal.Invalid ? null : "refused as something else";
            using (document) return FaultOf(QueuedTicket.Read(document.RootElement));
        });
    }

    [Fact(Timeout = 1_800_000)]
    public async Task A_duration_or_a_template_is_read_or_refused()
    {
        var texts = new TextMutator("90m", "4 hours", "P1DT4H30M", "PT0.5S", "https://help.example.com/{/issue/key|/key}", "{{not}} {/a~1b/0}");
        await new FuzzRun("ticket durations and templates").RunAsync(texts.Make, input =>
        {
            string text = Encoding.UTF8.GetString(input);
            if (TicketDuration.TryParse(text, out TimeSpan span) && (span < TimeSpan.Zero || span.TotalDays > 3660)) return $"gave {span}";
            if (TicketTemplate.TryParse(text, out TicketTemplate? template)) template.TryFill(Document.RootElement, "/", out _);
            return null;
        });
    }

    private static readonly JsonDocument Document = JsonDocument.Parse("""{"key":"OPS-1","issue":{"key":"A"},"a/b":["x",1,true,null,{}]}""");

    private static string? FaultOf<T>(Result<T> result)
        where T : notnull => result.Succeeded || result.Refusal is Refusal.Invalid or Refusal.Denied ? null : $"refused as {result.Refusal?.GetType().Name}";

    private static TicketRule Rule(string template) =>
        TicketTemplate.TryParse(template, out TicketTemplate? parsed) ? new TicketRule(parsed) : throw new FormatException(template);
}
