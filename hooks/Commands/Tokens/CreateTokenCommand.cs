using System.CommandLine;
using SshFunctions.Api;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Display;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Commands.Tokens;

/// <summary>Creates an access token; its text is the only thing on standard output, so that it can be piped.</summary>
internal sealed class CreateTokenCommand : SshfnCommand
{
    private readonly Argument<string> _name = new("name") { Description = "What people call the token" };
    private readonly Option<string?> _kind = new("--kind") { Description = "person (when absent) or service" };
    private readonly Option<string?> _subject = new("--subject") { Description = "Whom it speaks for; you when absent" };
    private readonly Option<string[]> _groups = new("--group") { Description = "A group of the subject; may be given again" };
    private readonly Option<string?> _expires = new("--expires") { Description = "A date, or a span such as 30d" };

    private readonly Option<string[]> _sources = new("--source-address") { Description = "A CIDR block that requests must come from; may be given again" };
    private readonly Option<string?> _userName = new("--user-name") { Description = "What {user} stands for; yours when absent" };

    internal CreateTokenCommand()
        : base("create", "Create an access token", "sshfn token create ci --kind service --subject ci@example.com --expires 90d > token.txt")
    {
        Arguments.Add(_name);
        Options.Add(_kind);
        Options.Add(_subject);
        Options.Add(_groups);
        Options.Add(_expires);
        Options.Add(_sources);
        Options.Add(_userName);
        Run(CreateAsync);
    }

    private async Task<int> CreateAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        CreateAccessTokenRequest request = new(
            arguments.GetValue(_name)!,
            arguments.GetValue(_kind),
            arguments.GetValue(_subject),
            arguments.GetValue(_groups) is { Length: > 0 } groups ? groups : null,
            arguments.GetValue(_expires) is { } text ? Moment.ParseInstant(text, Clock.Now) : null,
            arguments.GetValue(_sources) is { Length: > 0 } sources ? sources : null,
            arguments.GetValue(_userName));
        using BrokerClient client = BrokerClient.SignedIn();
        BrokerAnswer answer = await client.PostAsync(Routes.Tokens, request, Contract.Json.CreateAccessTokenRequest, cancellationToken);
        NewToken.Show(answer, WantsJson(arguments));
        return ExitCode.Done;
    }
}
