using System.CommandLine;
using SshFunctions.Api;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Display;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Commands.Grants;

/// <summary>Creates a grant, or replaces it as a whole.</summary>
internal sealed class PutGrantCommand : SshfnCommand
{
    private readonly Argument<string> _id = new("id") { Description = "Its identifier; you choose it" };
    private readonly Option<string> _path = new("--path") { Description = "Where: / or a project, environment or resource; holds for all below", Required = true };
    private readonly Option<string> _role = new("--role") { Description = "auditor, developer, manager or admin", Required = true };
    private readonly Option<string?> _subject = new("--subject") { Description = "Who" };
    private readonly Option<string?> _group = new("--group") { Description = "Which group, in place of a subject" };
    private readonly Option<string[]> _logins = new("--login") { Description = "An account it allows; every one of the resource when absent" };
    private readonly Option<string?> _life = new("--max-life") { Description = "Longest life of a certificate, such as 15m", HelpName = "span" };
    private readonly Option<string[]> _sources = new("--source") { Description = "Addresses the client must come from, such as 10.0.0.0/8" };
    private readonly Option<string[]> _permissions = new("--permission") { Description = "pty, port-forwarding, agent-forwarding, x11-forwarding or user-rc; pty alone when absent" };
    private readonly Option<string[]> _forwardTargets = new("--forward-target")
    {
        Description = "What port forwarding may reach, as the resource sees it; whatever the resource allows when absent; the host needs sshfn host principals; may be given again",
        HelpName = "host:port",
    };

    private readonly Option<string?> _sftpFolder = new("--sftp-folder") { Description = "File transfer in this folder and nothing else, such as pub/media; the host needs sshfn in its PATH", HelpName = "folder" };
    private readonly Option<bool> _singleUse = new("--single-use") { Description = "Each certificate serves one connection; the host must be enrolled" };
    private readonly Option<string?> _notBefore = new("--not-before") { Description = "A date, or a span from now" };
    private readonly Option<string?> _notAfter = new("--not-after") { Description = "A date, or a span from now" };

    internal PutGrantCommand()
        : base(
            "put",
            "Create a grant, or replace it as a whole",
            """
            sshfn grant put deployers --path acme/production --role developer --group deployers --login deploy --not-after 90d
            sshfn grant put media --path acme/production/web --role developer --group media --login upload --sftp-folder pub/media
            """)
    {
        Arguments.Add(_id);
        foreach (Option option in new Option[] { _path, _role, _subject, _group, _logins, _life, _sources, _permissions, _forwardTargets, _sftpFolder, _singleUse, _notBefore, _notAfter })
            Options.Add(option);
        Run(PutAsync);
    }

    private async Task<int> PutAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        GrantRequest request = new(
            arguments.GetValue(_path)!,
            arguments.GetValue(_role)!,
            arguments.GetValue(_subject),
            arguments.GetValue(_group),
            Many(arguments, _logins),
            arguments.GetValue(_life) is { } life ? (int)Moment.ParseSpan(life).TotalSeconds : null,
            Many(arguments, _sources),
            Many(arguments, _permissions),
            Instant(arguments, _notBefore),
            Instant(arguments, _notAfter),
            Many(arguments, _forwardTargets),
            arguments.GetValue(_sftpFolder),
            arguments.GetValue(_singleUse) ? true : null);
        using BrokerClient client = BrokerClient.SignedIn();
        string path = Route.Of(Routes.Grant, arguments.GetValue(_id)!);
        BrokerAnswer answer = await client.PutAsync(path, request, Contract.Json.GrantRequest, cancellationToken);
        return Show(arguments, answer, GrantRows.Of(answer.Read(Contract.Json.GrantResponse)));
    }

    private static string[]? Many(ParseResult arguments, Option<string[]> option) => arguments.GetValue(option) is { Length: > 0 } values ? values : null;

    private static DateTimeOffset? Instant(ParseResult arguments, Option<string?> option) =>
        arguments.GetValue(option) is { } text ? Moment.ParseInstant(text, Clock.Now) : null;
}
