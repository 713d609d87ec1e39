using System.Globalization;
using SshFunctions.Hooks.Alias;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Connect;

/// <summary>A resource as an operand of ssh, sftp or scp: its alias, whose file lies ready, and what differs from it.</summary>
/// <param name="Target">Where it goes.</param>
/// <param name="Destination">What ssh is to be given.</param>
/// <param name="Options">For the command line, stronger than the alias's own.</param>
internal sealed record Connection(Target Target, string Destination, IReadOnlyList<string> Options)
{
    /// <summary>Finds what <c>[LOGIN@]RESOURCE</c> means and writes the alias that ssh will read.</summary>
    internal static Connection Open(Folders folders, ConnectOptions options, string operand)
    {
        int at = operand.LastIndexOf('@');
        string name = operand[(at + 1)..];
        string? login = at > 0 ? operand[..at] : options.Login;
        (Target target, Catalog catalog) = Targets.Find(folders, options.Choose(name), options.Instance);
        if (!AliasFile.IsSafe(target.Alias))
            throw new CommandFailedException(ExitCode.Failed, $"{target.FullName} has a name that ssh can't carry", "a manager can give it another one");
        string destination = target.Destination(login);
        new AliasFolder(folders).Write(target.Alias, target, catalog);
        bool isHost = target.Resource.Hosts.Any(address => ResourceNames.Covers(address, name.ToLowerInvariant()));
        // A resource of several hosts is reached at the one that was named.
        string[] own = isHost ? ["-o", $"HostName={target.Address.Name}", "-o", string.Create(CultureInfo.InvariantCulture, $"Port={target.Address.Port}")] : [];
        return new(target, destination, own);
    }
}
