using SshFunctions.App.Hosting.Settings;

namespace SshFunctions.App.Commands;

/// <summary>What <c>--help</c> prints, written from the tables of commands and settings.</summary>
internal static class HelpText
{
    private const int Column = 56;
    private const int PurposeColumn = 48;

    /// <summary>Of one command, or of all when there is none of that name.</summary>
    public static void Write(TextWriter output, string? command)
    {
        if (CommandHelp.All.FirstOrDefault(each => each.Name == command) is { } one)
        {
            WriteUsages(output, one);
            foreach (string line in one.Text) output.WriteLine(line);
            if (one.Name == "serve") WriteSettings(output);
            return;
        }

        output.WriteLine("sshfn-broker: issues short-lived SSH certificates over HTTP");
        output.WriteLine();
        foreach (CommandHelp each in CommandHelp.All) WriteUsages(output, each);
        output.WriteLine("  sshfn-broker [COMMAND] --help");
        output.WriteLine("  sshfn-broker --version");
        foreach (CommandHelp each in CommandHelp.All)
        {
            output.WriteLine();
            output.WriteLine($"{each.Name}:");
            foreach (string line in each.Text) output.WriteLine($"  {line}");
        }

        WriteSettings(output);
    }

    private static void WriteUsages(TextWriter output, CommandHelp command)
    {
        foreach ((string usage, string purpose) in command.Usages)
            output.WriteLine($"{"  sshfn-broker " + usage,-PurposeColumn}{purpose}");
    }

    private static void WriteSettings(TextWriter output)
    {
        output.WriteLine();
        output.WriteLine("Options of serve; each is also an environment variable, as SSHFN_BROKER_LISTEN, and a member of the --config file.");
        output.WriteLine("The command line wins over the environment, which wins over the file.");
        output.WriteLine();
        foreach (Setting setting in BrokerSettings.All)
            output.WriteLine($"{"  --" + setting.Name + (setting.ValueHint is null ? "" : " " + setting.ValueHint),-Column}{setting.Help}");
    }
}
