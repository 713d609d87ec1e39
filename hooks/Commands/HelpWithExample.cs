using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Commands;

/// <summary>The generated help page, then notes and the example of the command.</summary>
internal sealed class HelpWithExample(HelpAction generated) : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        int code = generated.Invoke(parseResult);
        if (parseResult.CommandResult.Command is not SshfnCommand command)
            return code;
        if (command.Notes is { } notes)
            Terminal.Print("Notes:\n  " + notes.ReplaceLineEndings("\n  ") + "\n");
        Terminal.Print("Example:\n  " + command.Example.ReplaceLineEndings("\n  ") + "\n");
        return code;
    }

    internal static void Attach(RootCommand root)
    {
        foreach (HelpOption option in root.Options.OfType<HelpOption>())
            option.Action = new HelpWithExample((HelpAction)option.Action!);
    }
}
