using System.CommandLine;
using SshFunctions.Api;
using SshFunctions.Hooks.Broker;

namespace SshFunctions.Hooks.Commands.Tree;

/// <summary>Creates a project, or changes what is named of one.</summary>
internal sealed class PutProjectCommand : SshfnCommand
{
    private readonly Argument<string> _path = new("path") { Description = "Its name, such as acme" };
    private readonly Option<string?> _description = SwitchOption.Description();
    private readonly Option<string?> _switch = SwitchOption.Switch();

    internal PutProjectCommand()
        : base("put", "Create a project, or change one: what is not named stays", "sshfn project put acme --description 'the acme shop'")
    {
        Arguments.Add(_path);
        Options.Add(_description);
        Options.Add(_switch);
        Run(PutAsync);
    }

    private async Task<int> PutAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        string path = TreePath.Project(arguments.GetValue(_path)!);
        using BrokerClient client = BrokerClient.SignedIn();
        ProjectResponse? present = (await client.FindAsync(path, cancellationToken))?.Read(Contract.Json.ProjectResponse);
        ProjectRequest request = new(
            arguments.GetValue(_description) ?? SwitchOption.Kept(present?.Description), arguments.GetValue(_switch) ?? present?.SshSwitch);
        BrokerAnswer answer = await client.PutAsync(path, request, Contract.Json.ProjectRequest, cancellationToken);
        return Show(arguments, answer, TreeRows.Of(answer.Read(Contract.Json.ProjectResponse)));
    }
}
