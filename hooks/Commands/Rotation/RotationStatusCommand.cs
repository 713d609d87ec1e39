using SshFunctions.Api;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Display;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Commands.Rotation;

/// <summary>How far the rotation of each signing key is, and which hosts hold it up.</summary>
internal sealed class RotationStatusCommand : SshfnCommand
{
    internal RotationStatusCommand()
        : base("status", "Show the signing keys, how far their rotation is, and which hosts hold it up", "sshfn ca status") =>
        Run(async (arguments, cancellationToken) =>
        {
            using BrokerClient client = BrokerClient.SignedIn();
            BrokerAnswer answer = await client.GetAsync(Routes.KeyRotations, cancellationToken);
            Terminal.Raw(WantsJson(arguments) ? Json.Render(answer) : RotationText.Render(answer.Read(Contract.Json.KeyRotationsResponse).Rotations));
            return ExitCode.Done;
        });
}
