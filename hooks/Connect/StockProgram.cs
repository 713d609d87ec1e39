using System.Text;
using SshFunctions.Hooks.Hook;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Connect;

/// <summary>The programs of OpenSSH, which this process becomes.</summary>
internal static class StockProgram
{
    /// <summary>Returns only when the program can't be started.</summary>
    internal static int Become(string program, IEnumerable<string> arguments)
    {
        UsableShell.Ensure();
        Programs.Become(program, arguments.Select(Encoding.Latin1.GetBytes));
        throw new CommandFailedException(ExitCode.Failed, $"{program} can't be started", "is the OpenSSH client installed and in PATH?");
    }
}
