using System.CommandLine;
using SshFunctions.Api;
using SshFunctions.Hooks.Broker;

namespace SshFunctions.Hooks.Commands.Tree;

/// <summary>Creates or replaces a project.</summary>
internal sealed class PutProjectCommand : SshfnCommand
{
    private readonly Argument<string> _path = new("path") { Description = "Its name, such as acme" };
    private readonly Option<string?> _description = SwitchOption.Description();
    private readonly Option<string?> _switch = SwitchOption.Switch();

    internal PutProjectCommand()
        : base("put", "Create or replace a project", "sshfn project put acme --description 'the acme shop'")
    {
        Arguments.Add(_path);
        Options.Add(_description);
        Options.Add(_switch);
        Run(PutAsync);
    }

    private async Task<int> PutAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        string path = TreePath.Project(arguments.GetValue(_path)!);
        ProjectRequest request = new(arguments.GetValue(_description), arguments.GetValue(_switch));
        using BrokerClient client = BrokerClient.SignedIn();
        BrokerAnswer answer = await client.PutAsync(path, request, Contract.Json.ProjectRequest, cancellationToken);
        return Show(arguments, answer, TreeRows.Of(answer.Read(Contract.Json.ProjectResponse)));
    }
}
