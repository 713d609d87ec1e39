using System.CommandLine;

namespace SshFunctions.Hooks.Commands;

/// <summary>A word that only holds other commands.</summary>
internal sealed class CommandGroup : Command
{
    internal CommandGroup(string name, string description, params ReadOnlySpan<Command> commands)
        : base(name, description)
    {
        foreach (Command command in commands)
            Subcommands.Add(command);
    }
}
