using System.Text;
using System.Text.Json;
using SshFunctions.Hooks.Audit;
using SshFunctions.Support.Proofs;

namespace SshFunctions.Hooks.Tests.Fuzzing;

[Trait("Proof", "fuzzing")]
public sealed class AuditFuzzTests
{
    private const string Zeros = "0000000000000000000000000000000000000000000000000000000000000000";

    private const string Entry =
        $$$"""{"segment":5,"index":17,"time":"2030-01-31T12:00:00+00:00","caller":{"kind":"system"},"event":{"kind":"segments.removed","through":1,"checkpoint":2,"checkpointHash":"{{{Zeros}}}"},"previous":"{{{Zeros}}}"}""";

    private const string Statement =
        $$"""{"checkpoint":1,"time":"2030-01-31T12:00:00+00:00","previous":"{{Zeros}}","size":1,"root":"{{Zeros}}","frozen":0,"frozenRoot":"{{Zeros}}","heads":[{"segment":1,"last":3,"head":"{{Zeros}}"}]}""";

    private const int UsualStatements = 5_000;
    private const int WholeStatements = 10_000_000; // Most are refused by an exception.

    [Fact(Timeout = 1_800_000)]
    public async Task A_line_of_the_journal_is_an_entry_or_none()
    {
        var texts = new TextMutator(Entry);
        await new FuzzRun("lines of an export").RunAsync(texts.Make, input =>
            !EntryLine.TryRead(input, out EntryLine entry) ? null
            : entry is { Segment: > 0, Index: > 0, Previous.Length: 64 } ? null : "an entry without its place");
    }

    [Fact(Timeout = 1_800_000)]
    public async Task A_checkpoint_is_read_or_is_a_fault_of_the_audit()
    {
        var texts = new TextMutator(Statement, JsonSerializer.Serialize(new Dictionary<string, string> { ["checkpoint"] = Statement, ["signature"] = "x" }));
        await new FuzzRun("checkpoints") { Usual = UsualStatements, Whole = WholeStatements }.RunAsync(texts.Make, input =>
        {
            try
            {
                var reader = new Utf8JsonReader(input);
                CheckpointLine line = CheckpointLine.Parse(JsonElement.ParseValue(ref reader));
                return line.FaultOfSignature([]) is null ? "nobody signed that" : null;
            }
            catch (Exception refused) when (refused is JsonException or AuditFaultException)
            {
                return FaultOfStatement(input);
            }
        });
    }

    private static string? FaultOfStatement(ReadOnlySpan<byte> input)
    {
        try
        {
            return CheckpointLine.Parse(Encoding.UTF8.GetString(input), "").Heads.Any(head => head.Hash.Length != 32) ? "a head of another length" : null;
        }
        catch (AuditFaultException)
        {
            return null;
        }
    }
}
