using System.CommandLine;
using SshFunctions.Api;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Display;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Commands.Rotation;

/// <summary>Takes a rotation back.</summary>
internal sealed class AbortRotationCommand : SshfnCommand
{
    private readonly Argument<string> _purpose = new("purpose") { Description = "user-ca, host-ca or journal" };
    private readonly Option<string> _reason = new("--reason") { Description = "Why; kept in the journal", Required = true };

    internal AbortRotationCommand()
        : base("abort", "Take a rotation back; where the new key signs already, the old one does so again", "sshfn ca abort user-ca --reason 'two hosts do not come back'")
    {
        Arguments.Add(_purpose);
        Options.Add(_reason);
        Run(AbortAsync);
    }

    private async Task<int> AbortAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        using BrokerClient client = BrokerClient.SignedIn();
        string path = Route.Query(Route.Of(Routes.KeyRotation, arguments.GetValue(_purpose)!), ("reason", arguments.GetValue(_reason)));
        BrokerAnswer answer = await client.DeleteAsync(path, cancellationToken);
        Terminal.Raw(WantsJson(arguments) ? Json.Render(answer) : RotationText.Render([answer.Read(Contract.Json.KeyRotationResponse)]));
        return ExitCode.Done;
    }
}
