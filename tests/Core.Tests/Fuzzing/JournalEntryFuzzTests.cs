using System.Text.Json;
using SshFunctions.Core.Journal;
using SshFunctions.Support.Proofs;

namespace SshFunctions.Core.Tests.Fuzzing;

[Trait("Proof", "fuzzing")]
public sealed class JournalEntryFuzzTests
{
    private const int UsualCount = 5000; // Most are refused by an exception of the serializer, ten microseconds or more each.

    private const string Entry =
        """{"segment":5,"index":17,"time":"2030-01-31T12:00:00.1234567+00:00","caller":{"kind":"person","subject":"alice@example.com","issuer":"idp"},"event":{"kind":"private-key.received","fingerprint":"SHA256:x"},"previous":"0000000000000000000000000000000000000000000000000000000000000000"}""";

    [Fact(Timeout = 1_800_000)]
    public async Task An_entry_is_read_with_all_its_parts_or_is_no_JSON_of_one()
    {
        var texts = new TextMutator(Entry, """{"event":{"kind":"certificate.issued","serial":1},"index":0}""");
        await new FuzzRun("journal entries") { Usual = UsualCount, BytesPerByte = 256 }.RunAsync(texts.Make, input =>
        {
            try
            {
                JournalEntry entry = JournalEntry.Decode(input.ToArray());
                return entry.Encoded.Span.SequenceEqual(input) && entry.Event is not null && entry.Previous is not null ? null : "was changed by reading";
            }
            catch (JsonException)
            {
                return null;
            }
        });
    }
}
