using System.Globalization;
using SshFunctions.Hooks.Alias;
using SshFunctions.Hooks.Hook;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Commands.Discover;

/// <summary>What a client is to be told to reach a target, field by field, and as lines for those of OpenSSH.</summary>
internal static class ConnectRows
{
    internal static (string Name, string? Value)[] Of(Folders folders, Target target, string? givenLogin)
    {
        string login = givenLogin ?? target.Login
            ?? throw new CommandFailedException(ExitCode.Usage, $"{target.Resource.Path} names no login for you", "say which: --login LOGIN");
        string port = target.Address.Port.ToString(CultureInfo.InvariantCulture);
        if (!HookDestination.TryParse(target.Address.Name, port, login, out HookDestination destination))
            throw new CommandFailedException(ExitCode.Usage, $"{login} can't be a login", "a login is letters, digits and . _ @ + -");
        string current = $"{folders.Destinations}/{destination.FolderName}/current";
        string user = givenLogin is null ? "" : login + "@";
        return
        [
            ("host", target.Address.Name), ("port", port), ("user", login), ("key", current + "/key"), ("certificate", current + "/key-cert.pub"),
            ("jump", target.Way?.Alias), ("tunnel port", target.Way?.Port?.ToString(CultureInfo.InvariantCulture)), ("renew first", $"sshfn cert {target.Address.Name} {port} {login}"), .. Lines(user, target.Alias),
        ];
    }

    private static (string Name, string? Value)[] Lines(string user, string alias) =>
    [
        ("ssh", $"ssh {user}{alias}"), ("sftp", $"sftp {user}{alias}"), ("scp", $"scp FILE {user}{alias}:FOLDER"),
        ("rsync", $"rsync -a FOLDER {user}{alias}:FOLDER"), ("git", $"git clone {user}{alias}:PATH.git"),
    ];
}
