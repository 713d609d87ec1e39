using System.CommandLine;
using SshFunctions.Api;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Commands.Keys;
using SshFunctions.Hooks.Display;
using SshFunctions.Hooks.Hook;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Commands.Requests;

/// <summary>Asks for access for a while.</summary>
internal sealed class OpenRequestCommand : SshfnCommand
{
    private readonly Argument<string> _path = new("path") { Description = "A project, environment or resource" };
    private readonly Option<string> _reason = new("--reason") { Description = "Why, for who decides", Required = true };
    private readonly Option<string?> _duration = new("--for") { Description = "How long, such as 30m; an hour when absent", HelpName = "span" };
    private readonly Option<string?> _role = new("--role") { Description = "auditor, developer or manager; developer when absent" };
    private readonly Option<string[]> _logins = new("--login") { Description = "An account; every one of the resource when absent; may be given again" };
    private readonly Option<string?> _folder = new("--sftp-folder") { Description = "File transfer in this folder and nothing else, such as pub/media", HelpName = "folder" };
    private readonly Option<string[]> _permissions = new("--permission") { Description = "pty, port-forwarding, agent-forwarding, x11-forwarding or user-rc; pty alone when absent" };
    private readonly Option<string?> _ticket = new("--ticket") { Description = "The ticket it belongs to" };
    private readonly Option<string?> _ticketUrl = new("--ticket-url") { Description = "Where people read that ticket", HelpName = "url" };
    private readonly Option<string?> _key = new("--key") { Description = "A .pub file: that key enters while the access lasts, where hosts ask about keys", HelpName = "file" };
    private readonly Option<bool> _breakGlass = new("--break-glass") { Description = "An emergency that waits for nobody and is reviewed afterwards" };
    private readonly Option<bool> _wait = new("--wait") { Description = "Wait until the access is given, or is refused" };

    internal OpenRequestCommand()
        : base(
            "open",
            "Ask for access for a while",
            """
            sshfn request open acme/production/web --for 2h --reason 'disk is full' --ticket OPS-17 --wait
            sshfn request open acme/production/web --login upload --sftp-folder pub/media --reason 'new pictures'
            """)
    {
        Arguments.Add(_path);
        foreach (Option option in new Option[] { _reason, _duration, _role, _logins, _folder, _permissions, _ticket, _ticketUrl, _key, _breakGlass, _wait })
            Options.Add(option);
        Run(OpenAsync);
    }

    private async Task<int> OpenAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        OpenAccessRequestRequest request = new(
            arguments.GetValue(_path)!,
            arguments.GetValue(_reason)!,
            arguments.GetValue(_duration) is { } span ? (int)Moment.ParseSpan(span).TotalSeconds : null,
            arguments.GetValue(_role),
            Many(arguments, _logins),
            arguments.GetValue(_folder),
            Many(arguments, _permissions),
            arguments.GetValue(_ticket),
            arguments.GetValue(_ticketUrl),
            arguments.GetValue(_key) is { } file ? PublicKeyFile.ReadLine(file) : null,
            arguments.GetValue(_breakGlass) ? true : null);
        using BrokerClient client = BrokerClient.SignedIn();
        BrokerAnswer answer = await client.PostAsync(Routes.AccessRequests, request, Contract.Json.OpenAccessRequestRequest, cancellationToken);
        AccessRequestResponse opened = answer.Read(Contract.Json.AccessRequestResponse);
        if (arguments.GetValue(_wait))
        {
            (answer, opened) = await RequestWait.UntilGivenAsync(client, answer, opened, cancellationToken);
            // What an access before this one left would be offered to the server first, and refused.
            await RevokedCertificates.ForgetAsync(Folders.Current(), client, cancellationToken);
        }

        int shown = Show(arguments, answer, RequestRows.Of(opened));
        if (opened.State is "pending" && !WantsJson(arguments))
            Terminal.Hint($"an approver decides: sshfn request approve {opened.Id}");
        return arguments.GetValue(_wait) && opened.State is not "active" ? ExitCode.Failed : shown;
    }

    private static string[]? Many(ParseResult arguments, Option<string[]> option) => arguments.GetValue(option) is { Length: > 0 } values ? values : null;
}
