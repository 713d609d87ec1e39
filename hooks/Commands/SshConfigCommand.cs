using System.CommandLine;
using System.Text;
using SshFunctions.Api;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Config;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Commands;

/// <summary>Prints a block for an ssh_config that sshfn is not to touch: for every resource, or for one host.</summary>
internal sealed class SshConfigCommand : SshfnCommand
{
    private readonly Option<string?> _host = new("--hostname") { Description = "For this host alone; for every alias and the operator's patterns when absent", HelpName = "host" };

    internal SshConfigCommand()
        : base(
            "ssh-config",
            "Print a block to paste into an ssh configuration; config-ssh writes it for you",
            """
            sshfn ssh-config --hostname web.example.com >> ~/.ssh/config
            sshfn ssh-config
            """)
    {
        Options.Add(_host);
        Run(PrintAsync);
    }

    private async Task<int> PrintAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        string? host = arguments.GetValue(_host)?.ToLowerInvariant();
        if (host is not null && !HostPattern.IsOneHost(host))
            throw new CommandFailedException(ExitCode.Usage, $"{host} is not a host name", "write it as ssh gets it, without user and port");
        Folders folders = Folders.Current();
        using BrokerClient client = BrokerClient.SignedIn();
        IReadOnlyList<string> patterns = host is null ? await OperatorPatterns.ReadAsync(client, cancellationToken) : [];
        BrokerAnswer keys = await client.GetAsync(Routes.KnownHosts, cancellationToken);
        string lines = KnownHostsFile.Render(client.Broker, Encoding.UTF8.GetString(keys.Content.Span), host is null ? patterns : [host]);
        Terminal.Raw(host is null
            ? new ManagedFile([], null) { BrokerPatterns = patterns }.RenderBlock(folders, Programs.Self)
            : new ManagedFile([], null) { Hosts = [host] }.RenderBlock(folders, Programs.Self, withAliases: false));
        foreach (string line in lines.Split('\n').Where(line => line.StartsWith('@')))
            Terminal.Hint($"for ~/.ssh/known_hosts, unless config-ssh is used: {line}");
        return ExitCode.Done;
    }
}
