using System.CommandLine;
using SshFunctions.Api;
using SshFunctions.Hooks.Broker;

namespace SshFunctions.Hooks.Commands.Tree;

/// <summary>Creates or replaces an environment.</summary>
internal sealed class PutEnvironmentCommand : SshfnCommand
{
    private readonly Argument<string> _path = new("path") { Description = "Its path, such as acme/production" };
    private readonly Option<string?> _description = SwitchOption.Description();
    private readonly Option<string?> _switch = SwitchOption.Switch();
    private readonly Option<bool> _protected = new("--protected") { Description = "Standing grants give nothing here, only approved requests do" };

    internal PutEnvironmentCommand()
        : base("put", "Create or replace an environment", "sshfn environment put acme/production --protected")
    {
        Arguments.Add(_path);
        Options.Add(_description);
        Options.Add(_switch);
        Options.Add(_protected);
        Run(PutAsync);
    }

    private async Task<int> PutAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        string path = TreePath.Environment(arguments.GetValue(_path)!);
        EnvironmentRequest request = new(arguments.GetValue(_description), arguments.GetValue(_switch), arguments.GetValue(_protected));
        using BrokerClient client = BrokerClient.SignedIn();
        BrokerAnswer answer = await client.PutAsync(path, request, Contract.Json.EnvironmentRequest, cancellationToken);
        return Show(arguments, answer, TreeRows.Of(answer.Read(Contract.Json.EnvironmentResponse)));
    }
}
