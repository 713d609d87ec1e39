using System.CommandLine;
using System.Text.Json;
using SshFunctions.Api;
using SshFunctions.Hooks.Audit;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Outside;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.Hooks.Commands.Journal;

/// <summary>Checks an export or a proof, without the broker.</summary>
internal sealed class VerifyJournalCommand : SshfnCommand
{
    private const int LargestProofBytes = 64 * 1024 * 1024;

    private readonly Argument<string?> _file = new("file") { Description = "The export; - for standard input", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string> _key = new("--key") { Description = "The journal's public key or keys, or a trust bundle (BROKER/api/ca), kept apart from the export", Required = true, HelpName = "file" };
    private readonly Option<string?> _checkpoint = new("--checkpoint") { Description = "A checkpoint that you kept: the export must reach and continue it", HelpName = "file" };
    private readonly Option<string?> _proof = new("--proof") { Description = "Check a proof of one entry instead", HelpName = "file" };

    internal VerifyJournalCommand()
        : base(
            "verify",
            "Check offline that no entry of an export was changed, moved, added or taken away",
            """
            sshfn audit verify journal.ndjson --key journal-key.pub
            sshfn audit verify journal.ndjson --key journal-key.pub --checkpoint kept.json
            sshfn audit verify --proof entry.json --key journal-key.pub
            """)
    {
        Notes = "Exit codes: 0 all that checkpoints cover is genuine; 1 the first bad entry is named; 8 what could be checked is genuine, and the rest is listed.\nEntries behind the last checkpoint, as any export of a running broker holds, are counted as \"not sealed yet\" and proved by a later export: the exit code says nothing of them.\nA restored backup is a hole: exit code 8 until --checkpoint is one from after it.\nOnly --checkpoint, with one that you keep elsewhere, shows also that the end of the journal was not cut off: exit code 0 without it says nothing of the end.";
        Arguments.Add(_file);
        foreach (Option option in new Option[] { _key, _checkpoint, _proof })
            Options.Add(option);
        Run(Verify);
    }

    private int Verify(ParseResult arguments)
    {
        RefuseTwo(arguments);
        IReadOnlyCollection<SshPublicKey> keys = JournalKeys.Read(arguments.GetValue(_key)!);
        if (arguments.GetValue(_proof) is { } proof)
            return VerifyProof(arguments, proof, keys);
        string file = arguments.GetValue(_file) ?? throw new CommandFailedException(ExitCode.Usage, "name the export, or a proof", "sshfn audit verify FILE --key KEY");
        CheckpointLine? kept = arguments.GetValue(_checkpoint) is { } path ? ReadCheckpoint(path) : null;
        if (file != "-")
            InputFile.RefuseFolder(file);
        using Stream stream = file == "-" ? Terminal.InputBytes : new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        AuditReport report = ExportCheck.Run(stream, keys, kept);
        if (report is { IsExport: false, Fault: not null })
            throw new CommandFailedException(ExitCode.Failed, $"{file} is no export that can be checked: {report.Fault.Text}", "make one with: sshfn audit export --output FILE, in its usual format (ndjson, not csv)");
        return AuditText.Show(report, WantsJson(arguments));
    }

    private void RefuseTwo(ParseResult arguments)
    {
        if (arguments.GetValue(_proof) is not { } proof)
            return;
        if (arguments.GetValue(_file) is { } file)
            throw new CommandFailedException(ExitCode.Usage, $"{file} is checked as an export and {proof} as a proof: one at a time", "leave one of them out");
        if (arguments.GetValue(_checkpoint) is { } checkpoint)
            throw new CommandFailedException(ExitCode.Usage, $"{proof} is a proof, which {checkpoint} does not concern", "leave out --checkpoint");
    }

    private static int VerifyProof(ParseResult arguments, string path, IReadOnlyCollection<SshPublicKey> keys)
    {
        try
        {
            JournalProofResponse proof = JsonSerializer.Deserialize(InputFile.Read(path, LargestProofBytes), Contract.Json.JournalProofResponse)
                ?? throw new JsonException();
            CheckpointLine checkpoint = ProofCheck.Run(proof, keys);
            return AuditText.ShowProof(proof, checkpoint, WantsJson(arguments));
        }
        catch (JsonException)
        {
            throw new CommandFailedException(ExitCode.Failed, $"{path} is no proof", "make one with: sshfn audit proof SERIAL");
        }
        catch (AuditFaultException fault)
        {
            return AuditText.Show(new AuditReport { Fault = fault.Fault }, WantsJson(arguments));
        }
    }

    private static CheckpointLine ReadCheckpoint(string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(InputFile.Read(path, LargestProofBytes));
            return CheckpointLine.Parse(document.RootElement);
        }
        catch (Exception error) when (error is JsonException or AuditFaultException)
        {
            throw new CommandFailedException(ExitCode.Failed, $"{path} is no checkpoint", "save one with: sshfn audit checkpoints --last --json");
        }
    }
}
