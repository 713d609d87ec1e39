using System.CommandLine;
using SshFunctions.Api;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Commands.Notifications;

/// <summary>Has notifications tried again that were given up: one, or all there are.</summary>
internal sealed class RetryNotificationCommand : SshfnCommand
{
    private readonly Argument<string?> _id = new("id") { Description = "Which one", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<bool> _all = new("--all") { Description = "All that were given up" };

    internal RetryNotificationCommand()
        : base("retry", "Have a notification tried again", "sshfn notifications retry chat-00000000000000065538")
    {
        Arguments.Add(_id);
        Options.Add(_all);
        Run(RetryAsync);
    }

    private async Task<int> RetryAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        string? id = arguments.GetValue(_id);
        if (id is null != arguments.GetValue(_all)) throw new CommandFailedException(ExitCode.Usage, "name one notification, or give --all");
        using BrokerClient client = BrokerClient.SignedIn();
        string[] wanted = id is null ? await AllAsync(client, cancellationToken) : [id];
        foreach (string each in wanted)
        {
            await client.PostAsync(Route.Of(Routes.RetryNotification, each), cancellationToken);
            if (!WantsJson(arguments)) Terminal.Print("tried again " + each);
        }

        return ExitCode.Done;
    }

    private static async Task<string[]> AllAsync(BrokerClient client, CancellationToken cancellationToken)
    {
        IReadOnlyList<BrokerAnswer> pages = await client.GetAllAsync(
            Routes.FailedNotifications, Contract.Json.PageFailedNotificationResponse, int.MaxValue, cancellationToken);
        return [.. pages.SelectMany(page => page.Read(Contract.Json.PageFailedNotificationResponse).Items).Select(failed => failed.Id)];
    }
}
