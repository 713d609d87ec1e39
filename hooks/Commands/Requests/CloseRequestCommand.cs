using System.CommandLine;
using SshFunctions.Api;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Hook;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Commands.Requests;

/// <summary>Ends an access request, and with it the access.</summary>
internal sealed class CloseRequestCommand : StepRequestCommand<CloseAccessRequestRequest>
{
    private static readonly Option<string> Reason = Text("--reason", "Why; kept in the journal");

    internal CloseRequestCommand()
        : base(
            "close", "End a request: its grant goes, what was minted under it is revoked, live sessions end", "sshfn request close z4a6kqd2mx3thd5xravn --reason done",
            Routes.AccessRequestClosing, Contract.Json.CloseAccessRequestRequest, Reason)
    {
    }

    protected override CloseAccessRequestRequest Body(ParseResult arguments) => new(arguments.GetValue(Reason)!);

    protected override Task AfterwardsAsync(BrokerClient client, CancellationToken cancellationToken) =>
        RevokedCertificates.ForgetAsync(Folders.Current(), client, cancellationToken);
}
