using System.CommandLine;
using SshFunctions.Api;
using SshFunctions.Hooks.Broker;

namespace SshFunctions.Hooks.Commands.Tree;

/// <summary>Creates an environment, or changes what is named of one.</summary>
internal sealed class PutEnvironmentCommand : SshfnCommand
{
    private readonly Argument<string> _path = new("path") { Description = "Its path, such as acme/production" };
    private readonly Option<string?> _description = SwitchOption.Description();
    private readonly Option<string?> _switch = SwitchOption.Switch();
    private readonly Option<bool> _protected = new("--protected") { Description = "Standing grants give nothing here, only approved requests do" };
    private readonly Option<bool> _unprotected = new("--unprotected") { Description = "Standing grants hold here again" };

    internal PutEnvironmentCommand()
        : base("put", "Create an environment, or change one: what is not named stays", "sshfn environment put acme/production --protected")
    {
        Arguments.Add(_path);
        Options.Add(_description);
        Options.Add(_switch);
        Options.Add(_protected);
        Options.Add(_unprotected);
        Run(PutAsync);
    }

    private async Task<int> PutAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        string path = TreePath.Environment(arguments.GetValue(_path)!);
        bool protects = arguments.GetValue(_protected);
        bool unprotects = arguments.GetValue(_unprotected);
        if (protects && unprotects)
            throw new CommandFailedException(ExitCode.Usage, "--protected and --unprotected exclude each other");
        using BrokerClient client = BrokerClient.SignedIn();
        EnvironmentResponse? present = (await client.FindAsync(path, cancellationToken))?.Read(Contract.Json.EnvironmentResponse);
        EnvironmentRequest request = new(
            arguments.GetValue(_description) ?? SwitchOption.Kept(present?.Description),
            arguments.GetValue(_switch) ?? present?.SshSwitch,
            protects || (present?.Protected == true && !unprotects));
        BrokerAnswer answer = await client.PutAsync(path, request, Contract.Json.EnvironmentRequest, cancellationToken);
        return Show(arguments, answer, TreeRows.Of(answer.Read(Contract.Json.EnvironmentResponse)));
    }
}
