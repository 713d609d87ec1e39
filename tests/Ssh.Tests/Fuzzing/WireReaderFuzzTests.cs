using SshFunctions.Ssh.Wire;
using SshFunctions.Support.Proofs;

namespace SshFunctions.Ssh.Tests.Fuzzing;

[Trait("Proof", "fuzzing")]
public sealed class WireReaderFuzzTests
{
    [Fact(Timeout = 1_800_000)]
    public async Task A_reader_stays_where_it_was_after_a_failure_and_remembers_the_first()
    {
        var messages = new WireMutator([.. Corpus.KeyWires, .. Corpus.CertificateWires, .. Corpus.RevocationLists, .. Corpus.SignatureWires]);
        var reads = new Chance(0);
        await new FuzzRun("wire reader").RunAsync(messages.Make, input =>
        {
            reads.Restart((ulong)input.Length);
            return Read(input, reads);
        });
    }

    private static string? Read(ReadOnlySpan<byte> input, Chance reads)
    {
        var reader = new SshReader(input);
        for (int count = 0; count < 24; count++)
        {
            int before = reader.Position;
            bool hadFailed = reader.Failed;
            int got = ReadOne(ref reader, reads.Below(7), reads);
            if (reader.Failed ? reader.Position != before || got != 0 : reader.Position < before || reader.Position > input.Length)
                return $"read {count} left the reader at {reader.Position}, it was at {before}, and gave {got}";
            if (hadFailed && !reader.Failed) return $"read {count} forgot the failure";
        }

        return reader.Position + reader.Remaining != input.Length ? "position and rest are not the whole"
            : reader.ToException() is { } fault && (fault.Offset < 0 || fault.Offset > input.Length) ? $"the fault is at {fault.Offset}"
            : null;
    }

    // What was read as a number that is 0 when nothing was.
    private static int ReadOne(ref SshReader reader, int kind, Chance reads)
    {
        switch (kind)
        {
            case 0: return reader.ReadByte("byte");
            case 1: return reader.ReadUInt32("number") == 0 ? 0 : 1;
            case 2: return reader.ReadUInt64("number") == 0 ? 0 : 1;
            case 3: return reader.ReadBytes(reads.Below(40), "bytes").Length;
            case 4: return reader.ReadText("text").Length;
            case 5: return reader.ReadMpint("mpint").Length;
            default: return reader.ReadString("string").Length;
        }
    }
}
