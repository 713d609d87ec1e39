using System.CommandLine;
using System.Globalization;
using SshFunctions.Api;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Display;

namespace SshFunctions.Hooks.Commands.Notifications;

internal sealed class ListNotificationsCommand() : ListCommand<FailedNotificationResponse>(
    "List the notifications that could not be delivered", "sshfn notifications list", Contract.Json.PageFailedNotificationResponse, "id", "event", "serial", "given up", "reason")
{
    protected override string PathOf(ParseResult arguments) => Routes.FailedNotifications;

    protected override string?[] Row(FailedNotificationResponse item) =>
        [item.Id, item.Event, item.Serial.ToString(CultureInfo.InvariantCulture), Moment.Text(item.GivenUp), item.Reason];
}
