using System.CommandLine;
using SshFunctions.Hooks.Commands.Discover;

namespace SshFunctions.Hooks.Commands.Connect;

/// <summary>The options of <c>ssh</c>, <c>sftp</c> and <c>scp</c> that are sshfn's own, for help and completion.</summary>
internal static class ConnectSyntax
{
    internal static void Describe(Command command, Argument last, params ReadOnlySpan<Argument> before)
    {
        command.Options.Add(PlaceOptions.Project());
        command.Options.Add(PlaceOptions.Environment());
        command.Options.Add(PlaceOptions.Instance());
        command.Options.Add(new Option<string?>("--login", "-l") { Description = "The account; the resource's first when absent", HelpName = "login" });
        foreach (Argument argument in before)
            command.Arguments.Add(argument);
        command.Arguments.Add(last);
    }
}
