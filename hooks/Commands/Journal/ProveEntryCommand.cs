using System.CommandLine;
using System.Globalization;
using System.Text;
using SshFunctions.Api;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Display;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Commands.Journal;

/// <summary>Saves what proves one entry.</summary>
internal sealed class ProveEntryCommand : SshfnCommand
{
    private readonly Argument<ulong> _serial = new("serial") { Description = "The entry, or the certificate that it recorded" };
    private readonly Option<string?> _output = new("--output", "-o") { Description = "Into this file; else to standard output", HelpName = "file" };

    internal ProveEntryCommand()
        : base("proof", "Save a file that proves one entry to whoever holds the journal's public key; it shows the entries between it and the next sealed one too, whoever's they are", "sshfn audit proof 131077 --output entry.json")
    {
        Arguments.Add(_serial);
        Options.Add(_output);
        Run(ProveAsync);
    }

    private async Task<int> ProveAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        using BrokerClient client = BrokerClient.SignedIn();
        string serial = arguments.GetValue(_serial).ToString(CultureInfo.InvariantCulture);
        BrokerAnswer answer = await client.GetAsync(Route.Of(Routes.JournalProof, serial), cancellationToken);
        answer.Read(Contract.Json.JournalProofResponse);
        string text = Json.Render(answer);
        if (arguments.GetValue(_output) is not { } file)
        {
            Terminal.Raw(text);
            return ExitCode.Done;
        }

        Files.Write(file, Encoding.UTF8.GetBytes(text), Files.Private);
        Terminal.Note($"saved {file}; check it with: sshfn audit verify --proof {file} --key JOURNAL-KEY");
        return ExitCode.Done;
    }
}
