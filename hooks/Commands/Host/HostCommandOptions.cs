using System.CommandLine;
using SshFunctions.Hooks.Host;

namespace SshFunctions.Hooks.Commands.Host;

/// <summary>The two folders as options of a host command.</summary>
internal sealed class HostCommandOptions
{
    private readonly Option<string> _folder = new(HostFolderOptions.Folder)
    {
        Description = "Settings, token and what the broker told",
        DefaultValueFactory = _ => HostFolders.DefaultFolder,
    };

    private readonly Option<string> _runFolder = new(HostFolderOptions.RunFolder)
    {
        Description = "Live sessions, and what is yet to be told",
        DefaultValueFactory = _ => HostFolders.DefaultRunFolder,
    };

    internal HostCommandOptions(Command command)
    {
        command.Options.Add(_folder);
        command.Options.Add(_runFolder);
    }

    internal HostFolders Read(ParseResult arguments) => new(Absolute(arguments, _folder), Absolute(arguments, _runFolder));

    /// <summary>The options again, for the hook that a help page stands for.</summary>
    internal string[] ToArguments(ParseResult arguments) =>
        [_folder.Name, arguments.GetValue(_folder)!, _runFolder.Name, arguments.GetValue(_runFolder)!];

    private static string Absolute(ParseResult arguments, Option<string> option)
    {
        string path = arguments.GetValue(option)!.TrimEnd('/');
        return HostFolderOptions.IsFolder(path)
            ? path
            : throw new CommandFailedException(ExitCode.Usage, $"{option.Name} {path} is not absolute", "give it from the root on");
    }
}
