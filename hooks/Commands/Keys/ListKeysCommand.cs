using System.CommandLine;
using SshFunctions.Api;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Display;

namespace SshFunctions.Hooks.Commands.Keys;

internal sealed class ListKeysCommand() : ListCommand<RegisteredKeyResponse>(
    "List your registered keys and those of your groups", "sshfn keys list --json", Contract.Json.PageRegisteredKeyResponse,
    "id", "owner", "name", "fingerprint", "expires")
{
    protected override string PathOf(ParseResult arguments) => Routes.Keys;

    protected override string?[] Row(RegisteredKeyResponse item) =>
        [item.Id, item.Owner, item.Name, item.Fingerprint, Moment.Text(item.Expires) ?? "never"];
}
