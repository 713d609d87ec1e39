using System.CommandLine;
using System.Globalization;
using SshFunctions.Api;
using SshFunctions.Hooks.Audit;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Commands.Journal;

/// <summary>Saves the journal.</summary>
internal sealed class ExportJournalCommand : SshfnCommand
{
    private readonly JournalFilterOptions _filter = new();
    private readonly Option<string> _format = new("--format") { Description = "ndjson, which can be verified, or csv", DefaultValueFactory = _ => "ndjson" };
    private readonly Option<string?> _output = new("--output", "-o") { Description = "Into this file; goes on where the same command was stopped", HelpName = "file" };
    private readonly Option<bool> _force = new("--force") { Description = "Replace the file where there is one" };
    private readonly Option<long?> _segment = new("--segment") { Description = "One segment" };

    internal ExportJournalCommand()
        : base(
            "export",
            "Save the journal, oldest first; without filters it can be verified",
            """
            sshfn audit export --output journal.ndjson
            sshfn audit export --format csv --resource acme/production --since 30d --output march.csv
            """)
    {
        _format.AcceptOnlyFromAmong("ndjson", "csv");
        foreach (Option option in (Option[])[_format, _output, _force, _segment, .. _filter.All])
            Options.Add(option);
        Run(ExportAsync);
    }

    private async Task<int> ExportAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        RefuseExisting(arguments);
        string format = arguments.GetValue(_format)!;
        string path = Route.Query(
            Routes.JournalExport,
            [.. _filter.Query(arguments), ("format", format), ("segment", arguments.GetValue(_segment)?.ToString(CultureInfo.InvariantCulture))]);
        using BrokerClient client = BrokerClient.SignedIn();
        if (arguments.GetValue(_output) is not { } file)
        {
            await using Stream output = Terminal.OutputBytes;
            await client.DownloadAsync(path, body => CopyAsync(body, output, 0, cancellationToken), cancellationToken);
            return ExitCode.Done;
        }

        await SaveAsync(client, path, file, format, cancellationToken);
        return ExitCode.Done;
    }

    /// <summary>What is there may be the only witness of what was recorded, or nothing of ours.</summary>
    private void RefuseExisting(ParseResult arguments)
    {
        if (arguments.GetValue(_output) is not { } file)
            return;
        if (Directory.Exists(file))
            throw new CommandFailedException(ExitCode.Usage, $"{file} is a folder", "name a file in it");
        if (File.Exists(file) && !arguments.GetValue(_force))
            throw new CommandFailedException(ExitCode.Usage, $"{file} is there already, and nothing was fetched", "name another file, or replace it with --force");
    }

    private static async Task SaveAsync(BrokerClient client, string path, string file, string format, CancellationToken cancellationToken)
    {
        PartialExport part = PartialExport.Open(file, path, format);
        await using (part.Stream)
        {
            if (part.After is { } after)
                Terminal.Note(string.Create(CultureInfo.InvariantCulture, $"goes on behind serial {after}"));
            string rest = part.After is { } serial ? $"{path}&after={serial.ToString(CultureInfo.InvariantCulture)}" : path;
            try
            {
                await client.DownloadAsync(rest, body => CopyAsync(body, part.Stream, part.Stream.Position, cancellationToken), cancellationToken);
            }
            catch (CommandFailedException failure) when (failure.ExitCode == ExitCode.Unavailable && part.Stream.Position > 0)
            {
                throw new CommandFailedException(failure.ExitCode, failure.Message, "the same command goes on where this one stopped");
            }

            part.Stream.Flush(flushToDisk: true);
        }

        Files.Rename(part.Path, file);
        Terminal.Note($"saved {file}" + (format == "ndjson" ? $"; check it with: sshfn audit verify {file} --key JOURNAL-KEY" : ""));
    }

    private static async Task CopyAsync(Stream body, Stream output, long already, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[64 * 1024];
        long shown = Clock.Now.ToUnixTimeSeconds();
        try
        {
            for (int count = await body.ReadAsync(buffer, cancellationToken); count > 0; count = await body.ReadAsync(buffer, cancellationToken))
            {
                await output.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
                already += count;
                if (Clock.Now.ToUnixTimeSeconds() is var now && now > shown)
                    Terminal.Progress(string.Create(CultureInfo.InvariantCulture, $"{already / 1048576.0:F1} MiB"));
                shown = now;
            }
        }
        catch (IOException error)
        {
            throw new CommandFailedException(ExitCode.Unavailable, $"the connection to the broker broke: {error.Message}", "try again");
        }
        finally
        {
            Terminal.EndProgress();
        }
    }
}
