using System.CommandLine;
using SshFunctions.Api;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Commands.Discover;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Commands.Access;

/// <summary>Switches SSH on or off for a project, an environment or a resource.</summary>
internal sealed class SwitchCommand : SshfnCommand
{
    private readonly Argument<string> _path = new("path")
    {
        Description = "A project, an environment or a resource, such as acme/production",
        HelpName = "path",
        CompletionSources = { _ => KnownNames.Paths() },
    };

    private readonly Option<string?> _reason = new("--reason") { Description = "Why, for the journal and for those who are refused", HelpName = "text" };
    private readonly string _state;

    internal SwitchCommand(string verb, string state, string description, string example)
        : base(verb, description, example)
    {
        _state = state;
        Arguments.Add(_path);
        Options.Add(_reason);
        Run(SwitchAsync);
    }

    private async Task<int> SwitchAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        string path = arguments.GetValue(_path)!;
        string[] names = path.Split('/');
        if (names.Length > 3 || names.Any(name => name is "" or "." or ".."))
            throw new CommandFailedException(ExitCode.Usage, $"{path} is not a path", "write it as acme, acme/production or acme/production/web");
        using BrokerClient client = BrokerClient.SignedIn();
        string route = Route.Of(Routes.SshSwitch, names[0]) + string.Concat(names.Skip(1).Select(name => "/" + Uri.EscapeDataString(name)));
        BrokerAnswer answer = await client.PutAsync(route, new(_state, arguments.GetValue(_reason)), Contract.Json.SshSwitchRequest, cancellationToken);
        SshSwitchResponse set = answer.Read(Contract.Json.SshSwitchResponse);
        Show(arguments, answer, ("path", set.Path), ("ssh", set.State));
        if (_state == Off)
            Terminal.Hint("certificates already minted live on until they expire: sshfn revoke --grant ID --reason TEXT ends them now");
        return ExitCode.Done;
    }

    internal const string On = "enabled";
    internal const string Off = "disabled";
}
