using System.CommandLine;
using System.CommandLine.Invocation;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Commands;

/// <summary>Prints the version behind the program's name, as the broker does.</summary>
internal sealed class VersionWithName : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        string version = typeof(VersionWithName).Assembly.GetName().Version!.ToString(fieldCount: 3);
        Terminal.Print($"sshfn {version}");
        return ExitCode.Done;
    }

    internal static void Attach(RootCommand root)
    {
        foreach (VersionOption option in root.Options.OfType<VersionOption>())
            option.Action = new VersionWithName();
    }
}
